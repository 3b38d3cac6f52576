package {{package}};

import dev.nurture.contracts.OptimizerReference;
import dev.nurture.spi.Optimizer;
import dev.nurture.testkit.OptimizerContract;

class {{class}}Test extends OptimizerContract {
    private static final double MOMENTUM = 0.9;
    private static final double SHARE = 0.7;

    @Override
    protected Optimizer create() {
        return new {{class}}(0.1, MOMENTUM, SHARE);
    }

    /** As the paper writes it. */
    @Override
    protected OptimizerReference reference() {
        return (w, g, slots, step) -> {
            slots[0] = MOMENTUM * slots[0] + (1 - MOMENTUM) * g;
            return w - step.learningRate() * ((1 - SHARE) * g + SHARE * slots[0]);
        };
    }
}
