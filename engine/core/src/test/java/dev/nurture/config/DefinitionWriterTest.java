package dev.nurture.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nurture.spi.SanityCheck;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DefinitionWriterTest extends FixtureTest {
    private String written(Definition definition) {
        String written = new DefinitionWriter().write(definition);
        Definition again = fixture.read("experiment.yaml", written);
        assertThat(again).as(written).isEqualTo(definition);
        assertThat(new DefinitionWriter().write(again)).isEqualTo(written);
        return written;
    }

    @Test
    void writesEveryDefault() {
        assertThat(written(fixture.read("small.yaml", Fixture.SMALL, "training.threads=2")))
                .isEqualTo("""
                name: small
                seed: 231
                data: {type: digits, validation: 0.1, test: 0.2}
                preprocess: []
                model:
                  - {type: dense, units: 10, initializer: {type: he}, normalization: {type: none}, activation: {type: identity}, bias: true}
                loss: {type: softmax_cross_entropy, smoothing: 0.0}
                regularization: {l1: 0.0, l2: 0.0}
                optimizer: {type: adam, learning_rate: 0.001, beta1: 0.9, beta2: 0.999}
                schedule: {type: constant}
                training: {epochs: 10, batch_size: 64, threads: 2, checkpoint_every: 1, keep: 3}
                checks: {overfit_subset: {examples: 20, steps: 200, on_failure: stop}}
                monitors: {interval: 20, stalled: {seconds: 300.0}}
                expect: {}
                listeners: {}
                """);
    }

    @Test
    void whatIsDecisiveKnowsNeitherWorkersNorLimitsOfTime() {
        DefinitionWriter writer = new DefinitionWriter();
        String decisive = writer.writeDecisive(fixture.yaml(Fixture.SMALL));
        assertThat(decisive).contains(" threads: 1,").contains("\nmonitors: {}\n");
        for (String more : List.of(
                "training: {threads: 2}\n",
                "training: {checkpoint_steps: 7}\n",
                "training: {checkpoint_minutes: 0.5}\n",
                "monitors: {stalled: false}\n",
                "monitors: {stalled: {seconds: 5}}\n",
                "metrics: {port: 0}\n",
                "listeners: {diary: true}\n",
                "checks: {overfit_subset: false}\n",
                "checks: {overfit_subset: {on_failure: warn}}\n")) {
            assertThat(writer.writeDecisive(fixture.yaml(Fixture.SMALL + more))).isEqualTo(decisive);
        }
        assertThat(writer.writeDecisive(fixture.yaml(Fixture.SMALL + "seed: 5\n")))
                .isNotEqualTo(decisive);
    }

    @Test
    void writesWhenACheckpointWithinAnEpochIsDue() {
        String written = written(
                fixture.yaml(Fixture.SMALL + "training: {threads: 2, checkpoint_steps: 7, checkpoint_minutes: 0.5}\n"));
        assertThat(written).contains(", checkpoint_every: 1, checkpoint_steps: 7, checkpoint_minutes: 0.5, keep: 3}\n");
    }

    @Test
    void keepsWhichChecksAreOffAndWhichOnlyWarn() {
        fixture.catalog = TestCatalog.catalog(List.of(TestCatalog.idle(SanityCheck.class, "balance")));
        assertThat(written(
                        fixture.yaml(Fixture.SMALL + "checks: {balance: {on_failure: warn}, overfit_subset: false}\n")))
                .contains("\nchecks: {balance: {on_failure: warn}, overfit_subset: false}\n");
        assertThat(written(fixture.yaml(Fixture.SMALL + "checks: {balance: false, overfit_subset: {steps: 5}}\n")))
                .contains("\nchecks: {overfit_subset: {examples: 20, steps: 5, on_failure: stop}, balance: false}\n");
    }

    @Test
    void readsBackTheSample() {
        String written = written(fixture.yaml(Generated.SAMPLE));
        assertThat(written)
                .contains(
                        "training: {epochs: 20, batch_size: 64, threads: 2, clip_norm: 5.0, checkpoint_every: 1, keep: 3,"
                                + " early_stopping: {metric: validation_loss, patience: 5, restore_best: true}}\n")
                .contains(
                        "  space: {optimizer.learning_rate: {log_uniform: [1.0e-5, 1.0e-1]},"
                                + " regularization.l2: {log_uniform: [1.0e-5, 1.0]}, \"model[0].units\": {choice: [50, 100, 200]}}\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no",
                "010",
                "1:30",
                "~",
                "Null",
                "true",
                "5",
                "1e-3",
                "",
                " ",
                " a ",
                "a: b",
                "# x",
                "- x",
                "[a]",
                "{",
                "*a",
                "&a",
                "!t",
                "%",
                "@",
                "`",
                "\"",
                "'",
                "\\",
                "a\\nb",
                "line\nbreak",
                "\t",
                "\u0007",
                "größe",
                "日本",
                "😀",
                "\u2028",
                "\ufeff",
                "${x}",
                "$${x}",
                "a${",
                "$",
                "?",
                "|",
                ">",
                "=",
                "<<",
                "---",
                "...",
                ".nan"
            })
    void keepsText(String text) {
        fixture.environment.put("TEXT", text);
        String yaml =
                "model: [dropout]\ndata: {type: csv, path: x, target: \"${env:TEXT}\"}\nsearch: {a: \"${env:TEXT}\"}\n";
        Definition definition = fixture.yaml(yaml);
        assertThat(definition.data().source().values()).containsEntry("target", text);
        written(definition);
    }

    @Test
    void keepsNumbersToTheBit() {
        Random random = new Random(231);
        for (int i = 0; i < 200; i++) {
            double rate = Double.longBitsToDouble(random.nextLong() & 0x7fefffffffffffffL);
            String yaml = Fixture.SMALL + "seed: " + random.nextLong() + "\noptimizer: {type: sgd, learning_rate: "
                    + rate + "}\nexpect: {test_loss: \"" + -rate + " +- " + rate + "\"}\n";
            written(fixture.yaml(yaml));
        }
    }

    @Test
    void readsBackWhatItWroteOfManyDefinitions() {
        Generated generated = new Generated(7);
        for (int i = 0; i < 200; i++) {
            written(fixture.yaml(generated.definition()));
        }
    }

    @Test
    void writesPathsInFull() {
        Definition definition = fixture.yaml("model: [dropout]\ndata: {type: csv, path: a/../rows.csv, target: y}\n");
        assertThat(written(definition)).contains("path: \"" + folder.resolve("rows.csv") + "\"");
    }
}
