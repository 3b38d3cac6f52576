package dev.nurture.testkit;

import dev.nurture.contracts.ActivationFormula;
import dev.nurture.contracts.InitializerMoments;
import dev.nurture.contracts.LossReference;
import dev.nurture.contracts.OptimizerReference;
import dev.nurture.contracts.ScheduleReference;
import dev.nurture.spi.Activation;
import dev.nurture.spi.DataSource;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.Finding;
import dev.nurture.spi.Initializer;
import dev.nurture.spi.LearningRateSchedule;
import dev.nurture.spi.Loss;
import dev.nurture.spi.Optimizer;
import dev.nurture.spi.SanityCheck;
import dev.nurture.spi.Shape;
import dev.nurture.spi.Targets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;

/** The test class of each kind, as an author of the smallest possible part uses it. */
class KindContractsTest {
    @Nested
    class Halving extends ActivationContract {
        @Override
        protected Activation create() {
            return new Activation() {
                @Override
                public void forward(float[] x, float[] y, int from, int to) {
                    for (int i = from; i < to; i++) {
                        y[i] = 0.5f * x[i];
                    }
                }

                @Override
                public void backward(float[] x, float[] y, float[] dy, float[] dx, int from, int to) {
                    forward(dy, dx, from, to);
                }
            };
        }

        @Override
        protected ActivationFormula formula() {
            return x -> x / 2;
        }
    }

    @Nested
    class Signum extends OptimizerContract {
        @Override
        protected Optimizer create() {
            return new Optimizer() {
                @Override
                public void update(float[] w, float[] g, float[][] slots, int from, int to, Step step) {
                    for (int i = from; i < to; i++) {
                        w[i] -= Math.signum(g[i]) * step.learningRate();
                    }
                }

                @Override
                public float learningRate() {
                    return 0.01f;
                }
            };
        }

        @Override
        protected OptimizerReference reference() {
            return (w, g, slots, step) -> w - step.learningRate() * Math.signum(g);
        }
    }

    @Nested
    class UnitNormal extends InitializerContract {
        @Override
        protected Initializer create() {
            return (w, from, to, shape, fan, random) -> {
                for (int i = from; i < to; i++) {
                    w[i] = (float) random.nextGaussian();
                }
            };
        }

        @Override
        protected InitializerMoments moments() {
            return (shape, fan) -> 1;
        }
    }

    @Nested
    class Hyperbola extends ScheduleContract {
        @Override
        protected LearningRateSchedule create() {
            return progress -> 1.0 / (progress.step() + 1);
        }

        @Override
        protected ScheduleReference reference() {
            return progress -> Math.exp(-Math.log1p(progress.step()));
        }
    }

    @Nested
    class HalfSquare extends LossContract {
        @Override
        protected Loss create() {
            return new Loss() {
                @Override
                public double evaluate(float[] output, Targets targets, float[] gradient, int batch, int width) {
                    if (targets.values() == null) {
                        throw new IllegalArgumentException("needs values");
                    }
                    double sum = 0;
                    for (int i = 0; i < batch * width; i++) {
                        double error = (double) output[i] - targets.values()[i];
                        sum += error * error / 2;
                        if (gradient != null) {
                            gradient[i] = (float) (error / batch);
                        }
                    }
                    return sum / batch;
                }

                @Override
                public boolean regression() {
                    return true;
                }
            };
        }

        @Override
        protected LossReference formula() {
            return (output, target) -> {
                double sum = 0;
                for (int j = 0; j < output.length; j++) {
                    sum += Math.pow(output[j] - target[j], 2);
                }
                return sum / 2;
            };
        }
    }

    @Nested
    class FewRows extends SanityCheckContract {
        @Override
        protected SanityCheck create() {
            return bench -> bench.train().rows() >= 10
                    ? List.of()
                    : List.of(new Finding(
                            "few_rows",
                            Finding.Severity.WARN,
                            "check",
                            null,
                            bench.train().rows(),
                            "< 10",
                            "there are hardly any rows",
                            "raise data.limit",
                            "common sense"));
        }
    }

    @Nested
    class Points extends DataSourceContract {
        @Override
        protected DataSource create() {
            return context -> {
                float[] x = {(float) context.random().nextGaussian(), 1};
                Dataset rows = Dataset.regression(Shape.of(1), x, new float[] {0, 1}, 1);
                return new DataSource.Splits(rows, Optional.empty());
            };
        }
    }
}
