package dev.nurture.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpectationTest extends FixtureTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ">= 0.95        | >= 0.95         | 0.95  | 0.9499",
                "<=1            | <= 1.0          | 1     | 1.0001",
                "< 1e-1         | < 0.1           | 0.09  | 0.1",
                "> -1           | > -1.0          | 0     | -1",
                "2.3026 +- 0.05 | 2.3026 +- 0.05  | 2.31  | 2.4",
                "1 ± 0.5        | 1.0 +- 0.5      | 1.5   | 1.51",
                "in [0.15,0.25] | in [0.15, 0.25] | 0.25  | 0.26",
                "in [ -2 , -1 ] | in [-2.0, -1.0] | -2    | -2.01"
            })
    void aConditionHoldsUpToItsBound(String written, String shown, double met, double unmet) {
        Condition condition = Condition.of(written);
        assertThat(condition).hasToString(shown);
        assertThat(Condition.of(shown)).isEqualTo(condition);
        assertThat(condition.met(met)).isTrue();
        assertThat(condition.met(unmet)).isFalse();
        assertThat(condition.met(Double.NaN)).isFalse();
    }

    @Test
    void whatIsExpectedIsWrittenAsItWasRead() {
        Definition definition = fixture.yaml(Fixture.SMALL + """
                expect:
                  test_accuracy: ">= 0.95"
                  train_loss: {first: "> 1", steps_to_0.5: "<= 100", epoch_19: "< 1.6"}
                  learning_rate: {last: "< 1"}
                  activation_std: {dense_1: 0.2132 +- 0.001, all: "> 0"}
                  update_ratio: {dense_1.weight: "in [1e-4, 1e-2]"}
                  findings: [diverging, dead_units]
                  advised: {optimizer.learning_rate: "in [1e-5, 1e-3]"}
                  curve: [good, overfitting]
                  any_of:
                    - {findings: none}
                    - {validation_accuracy: {fall: "> 0.15"}, curve: good}
                """);
        String written = new DefinitionWriter().write(definition);
        assertThat(written).contains("""
                expect: {test_accuracy: ">= 0.95", train_loss: {first: "> 1.0", steps_to_0.5: "<= 100.0", epoch_19: "< 1.6"}, \
                learning_rate: {last: "< 1.0"}, activation_std: {dense_1: "0.2132 +- 0.001", all: "> 0.0"}, \
                update_ratio: {dense_1.weight: "in [1.0E-4, 0.01]"}, findings: [diverging, dead_units], \
                advised: {optimizer.learning_rate: "in [1.0E-5, 0.001]"}, curve: [good, overfitting], \
                any_of: [{findings: none}, {validation_accuracy: {fall: "> 0.15"}, curve: [good]}]}
                """);
        assertThat(fixture.read("experiment.yaml", written)).isEqualTo(definition);
    }

    @Test
    void whatCannotBeExpectedIsSaidWithItsLine() {
        assertThat(fixture.problems(Fixture.SMALL + """
                expect:
                  initial_loss: {first: "> 1"}
                  train_loss: {frist: "> 1", epoch_0: "> 1", steps_to_: "> 1"}
                  activation_std: "> 1"
                  activation_sdt: {all: "> 1"}
                  learning_rate: "> 1"
                  findings: [{a: b}]
                  advised: 3
                  curve: god
                  any_of: [{train_loss: {last: "?"}}]
                  test_loss: "in [2, 1]"
                """)).isEqualTo("""
                  line 4: expect.initial_loss.first: initial_loss is measured once; it has no moments
                  line 5: expect.train_loss.frist: there is no moment 'frist'; did you mean 'first'?
                  line 5: expect.train_loss.epoch_0: there is no moment 'epoch_0'; did you mean 'epoch_N'?
                  line 5: expect.train_loss.steps_to_: there is no moment 'steps_to_'; did you mean 'steps_to_X'?
                  line 6: expect.activation_std: activation_std needs the name of a layer or weight, or all
                  line 7: expect.activation_sdt: there is no metric 'activation_sdt'; did you mean 'activation_std'?
                  line 8: expect.learning_rate: learning_rate needs a moment: first, last, least, greatest, change, fall, rise, epoch_N, steps_to_X
                  line 9: expect.findings: expected none, a fault such as diverging, or a list of faults, not a list
                  line 10: expect.advised: expected a mapping from keys to conditions, not '3'
                  line 11: expect.curve: there is no curve 'god'; did you mean 'good'?
                  line 12: expect.any_of[0].train_loss.last: expected ">= x", "<= x", "> x", "< x", "x +- y" or "in [x, y]", not '?'
                  line 13: expect.test_loss: expected ">= x", "<= x", "> x", "< x", "x +- y" or "in [x, y]", not 'in [2, 1]'
                """.stripTrailing());
    }
}
