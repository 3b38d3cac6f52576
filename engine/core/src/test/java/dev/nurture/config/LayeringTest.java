package dev.nurture.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayeringTest extends FixtureTest {
    private static final String BASE = """
            data: {type: digits, limit: 100}
            preprocess: [zero_mean, normalize]
            model:
              - {type: dense, units: 100, activation: relu}
              - {type: dense, units: 10}
            optimizer: {type: momentum, learning_rate: 0.1, momentum: 0.5}
            training: {epochs: 7, batch_size: 32, early_stopping: {patience: 3}}
            checks: {overfit_subset: {examples: 20, steps: 9}}
            """;

    @BeforeEach
    void writeBase() {
        fixture.write("base.yaml", BASE);
    }

    private Definition derived(String text, String... overrides) {
        return fixture.yaml("extends: base.yaml\n" + text, overrides);
    }

    @Test
    void mergesMappingsAndReplacesListsAndScalars() {
        Definition definition = derived("""
                preprocess: [pca]
                training: {epochs: 8, early_stopping: {patience: 4}}
                optimizer: {momentum: 0.6}
                """);
        assertThat(definition.preprocess()).extracting(PartSettings::name).containsExactly("pca");
        assertThat(definition.training().epochs()).isEqualTo(8);
        assertThat(definition.training().batchSize()).isEqualTo(32);
        assertThat(definition.training().earlyStopping().orElseThrow().patience())
                .isEqualTo(4);
        assertThat(definition.optimizer()).hasToString("momentum{learning_rate=0.1, momentum=0.6}");
        assertThat(definition.model()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{type: adam}|adam{learning_rate=0.001, beta1=0.9, beta2=0.999}",
                "{type: adam, beta1: 0.8}|adam{learning_rate=0.001, beta1=0.8, beta2=0.999}",
                "adam|adam{learning_rate=0.001, beta1=0.9, beta2=0.999}",
                "momentum|momentum{learning_rate=0.1, momentum=0.5}",
                "{type: momentum}|momentum{learning_rate=0.1, momentum=0.5}",
                "{type: momentum, learning_rate: 1}|momentum{learning_rate=1.0, momentum=0.5}",
                "{learning_rate: 1}|momentum{learning_rate=1.0, momentum=0.5}",
                "null|adam{learning_rate=0.001, beta1=0.9, beta2=0.999}",
            })
    void replacesTheParametersOfAnotherTypeWhole(String written, String optimizer) {
        assertThat(derived("optimizer: " + written + "\n").optimizer()).hasToString(optimizer);
        assertThat(derived("", "optimizer=" + written).optimizer()).hasToString(optimizer);
    }

    @Test
    void neverShowsWhatALayerBetweenReplaced() {
        fixture.write("middle.yaml", "extends: base.yaml\noptimizer: adam\nchecks: {overfit_subset: false}\n");
        Definition definition = fixture.yaml(
                "extends: middle.yaml\noptimizer: {learning_rate: 0.2}\n", "checks.overfit_subset.examples=5");
        assertThat(definition.optimizer()).hasToString("adam{learning_rate=0.2, beta1=0.9, beta2=0.999}");
        // The mapping of two layers below, with 9 steps, was replaced by false; what is set on top starts anew.
        assertThat(definition.checks().enabled())
                .singleElement()
                .extracting(Definition.Guard::part)
                .hasToString("overfit_subset{examples=5, steps=200}");
        // Back to the first type: its parameters of two layers below stay replaced.
        assertThat(fixture.yaml("extends: middle.yaml\noptimizer: momentum\n").optimizer())
                .hasToString("momentum{learning_rate=0.001, momentum=0.9}");
    }

    @Test
    void readsOverridesAsTheTopLayer() {
        Definition definition = derived(
                "training: {epochs: 8}\n",
                "training.epochs=9",
                "training.epochs=10",
                "model[0].units=50",
                "model[0].activation=tanh",
                "model[1]={type: dense, units: 3}",
                "preprocess=[]",
                "optimizer.learning_rate=1e-3",
                "training.clip_norm = 5",
                "expect.test_accuracy=>= 0.9",
                "search.space.\"model[0].units\"={choice: [1, 2]}");
        assertThat(definition.training().epochs()).isEqualTo(10);
        assertThat(definition.training().clipNorm()).contains(5.0);
        assertThat(definition.model().get(0).values()).containsEntry("units", 50);
        assertThat(definition.model().get(0).values().get("activation")).hasToString("tanh{}");
        assertThat(definition.model().get(1).values()).containsEntry("units", 3);
        assertThat(definition.preprocess()).isEmpty();
        assertThat(definition.optimizer()).hasToString("momentum{learning_rate=0.001, momentum=0.5}");
        assertThat(definition.expect()).hasToString("[test_accuracy >= 0.9]");
        Value.Mapping space =
                (Value.Mapping) definition.search().orElseThrow().get("space").orElseThrow();
        assertThat(space.entries()).containsOnlyKeys("model[0].units");
    }

    @Test
    void takesBackWithNull() {
        assertThat(derived("", "training.early_stopping=null", "data.limit=null")
                        .training()
                        .earlyStopping())
                .isEmpty();
    }

    @Test
    void setsAParameterOfADefaultPart() {
        assertThat(fixture.yaml(Fixture.SMALL, "optimizer.learning_rate=0.5").optimizer())
                .hasToString("adam{learning_rate=0.5, beta1=0.9, beta2=0.999}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "model[2].units=5|model[2]: the list has 2 items, counted from 0",
                "optimizer[0].momentum=5|optimizer: is not a list, so it has no items to change",
                "monitors.loss[0]=5|monitors.loss: there is no such list whose items could be changed",
                "training.epochs|'training.epochs' is not of the form key=value",
                "=5|a key is empty",
                "training..epochs=5|training..epochs: a key is empty",
                "model[x].units=5|model[x].units: '[' must be followed by a number from 0 and ']'",
                "model[0]units=5|model[0]units: ']' must be followed by '.' or '['",
                "training.epochs=no|training.epochs: 'no' is false to some readers of YAML and text to others; write false, or quote it if it is text",
                "training.epochs=|training.epochs: has no value; write null to leave it at its default",
                "training.epochs=ten|training.epochs: expected a whole number, not 'ten'",
                "training.epoch=5|training.epoch: 'training' has no such key; did you mean 'epochs'? It has: epochs, batch_size, threads, clip_norm, checkpoint_every, checkpoint_steps, checkpoint_minutes, keep, early_stopping",
                "optimizer.momentm=5|optimizer.momentm: 'momentum' has no such parameter (plugin nurture-optimizers 1.0); did you mean 'momentum'? It has: learning_rate, momentum",
                "extends=base.yaml|extends: can stand in a file only",
                "model=[{type: dense, units: 1, units: 2}]|model[0].units: stands here for the second time",
            })
    void refusesOverrides(String override, String problem) {
        assertThat(fixture.problems(fixture.write("test.yaml", "extends: base.yaml\n"), override))
                .isEqualTo("command line: 1 problem\n  " + problem);
    }

    @Test
    void reportsABlockASource() {
        fixture.write("base.yaml", BASE.replace("normalize", "normalise"));
        Path file = fixture.write("test2.yaml", "extends: base.yaml\n\ntraining: {epochs: -1}\nseed: x\n");
        assertThat(fixture.problems(file, "schedule=cosin", "data.validation=1"))
                .isEqualTo("""
                base.yaml: 1 problem
                  line 2: preprocess[1]: there is no preprocessor 'normalise'; did you mean 'normalize'?
                test2.yaml: 2 problems
                  line 3: training.epochs: -1 is outside [0, 1000000]
                  line 4: seed: expected a whole number, not 'x'
                command line: 2 problems
                  data.validation: 1 is outside [0, 1)
                  schedule: there is no schedule 'cosin'; did you mean 'cosine'?""");
    }

    @Test
    void refusesCirclesAndMissingBases() {
        fixture.write("a.yaml", "extends: b.yaml\n");
        fixture.write("b.yaml", "seed: 1\nextends: ./a.yaml\n");
        assertThat(fixture.problems(folder.resolve("a.yaml")))
                .isEqualTo(
                        "b.yaml: 1 problem\n" + "  line 2: extends: goes round in a circle: a.yaml → b.yaml → a.yaml");
        assertThat(fixture.problems("extends: basis.yaml\n"))
                .isEqualTo("  line 1: extends: there is no file 'basis.yaml'; did you mean 'base.yaml'?");
        assertThat(fixture.problems("extends: [base.yaml]\n"))
                .isEqualTo("  line 1: extends: expected the path of one definition, not a list");
        assertThat(fixture.problems("extends: ${env:BASE}\n"))
                .isEqualTo("  line 1: extends: cannot refer to ${…}: the file must be known before anything else");
    }
}
