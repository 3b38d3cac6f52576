package dev.nurture.plugins.optimizers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nurture.contracts.Contract;
import dev.nurture.contracts.Examination;
import dev.nurture.contracts.OptimizerReference;
import dev.nurture.contracts.Sample;
import dev.nurture.contracts.Subject;
import dev.nurture.contracts.Verdict;
import dev.nurture.spi.Optimizer;
import dev.nurture.spi.Plugin;
import dev.nurture.testkit.PluginContract;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule against the contract and against its paper. */
class OptimizersContractTest extends PluginContract {
    @Override
    protected Plugin plugin() {
        return new OptimizersPlugin();
    }

    @Override
    protected <T> Subject<T> state(Sample<T> sample, Subject<T> subject) {
        return subject.with(OptimizerReference.class, PaperRules.of(sample));
    }

    static Stream<Arguments> farFromTheDefaults() {
        Map<String, Object> decaying = Map.of("weight_decay", 0.3, "beta1", 0.7, "beta2", 0.95);
        return Stream.of(
                Arguments.of("adam", decaying),
                Arguments.of("adamw", decaying),
                Arguments.of("nadam", decaying),
                Arguments.of("lion", decaying),
                Arguments.of("momentum", Map.of("momentum", 0.0)),
                Arguments.of("nesterov", Map.of("momentum", 0.5)),
                Arguments.of("adagrad", Map.of("epsilon", 0.1)),
                Arguments.of("rmsprop", Map.of("decay", 0.5, "epsilon", 0.1)),
                Arguments.of("adadelta", Map.of("decay", 0.0, "epsilon", 0.01)),
                Arguments.of("adam", Map.of("beta1", 0.0, "beta2", 0.0, "epsilon", 0.5)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("farFromTheDefaults")
    void followsThePaper(String name, Map<String, Object> settings) {
        Sample<Optimizer> sample = new Sample<>(Rules.factory(name), settings.toString(), settings);
        Verdict verdict = Examination.verdict(
                Contract.of(Optimizer.class).orElseThrow().clause("reference").orElseThrow(),
                state(sample, sample.subject(seed())),
                Examination.LIMIT);
        assertThat(verdict.status()).as(verdict.message()).isEqualTo(Verdict.Status.KEPT);
    }
}
