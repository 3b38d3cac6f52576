package dev.nurture.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import dev.nurture.plugin.PluginCatalog;
import dev.nurture.spi.Activation;
import dev.nurture.spi.ActivationLayer;
import dev.nurture.spi.Factory;
import dev.nurture.spi.Layer;
import dev.nurture.spi.Monitor;
import dev.nurture.spi.Optimizer;
import dev.nurture.spi.Param;
import dev.nurture.spi.SanityCheck;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefinitionsTest extends FixtureTest {
    @Test
    void fillsInTheDefaults() {
        Definition definition = fixture.read("my run.yaml", Fixture.SMALL);
        assertThat(definition.name()).isEqualTo("my_run");
        assertThat(definition.seed()).isEqualTo(231);
        assertThat(definition.data().validation()).isEqualTo(0.1);
        assertThat(definition.data().test()).isEqualTo(0.2);
        assertThat(definition.data().limit()).isEmpty();
        assertThat(definition.preprocess()).isEmpty();
        assertThat(definition.loss().name()).isEqualTo("softmax_cross_entropy");
        assertThat(definition.regularization()).isEqualTo(new Definition.Regularization(0.0, 0.0));
        assertThat(definition.optimizer()).hasToString("adam{learning_rate=0.001, beta1=0.9, beta2=0.999}");
        assertThat(definition.schedule().name()).isEqualTo("constant");
        Definition.Training training = definition.training();
        assertThat(training.threads()).isBetween(1, 16);
        assertThat(training)
                .isEqualTo(new Definition.Training(
                        10,
                        64,
                        training.threads(),
                        Optional.empty(),
                        1,
                        Optional.empty(),
                        Optional.empty(),
                        3,
                        Optional.empty()));
        assertThat(definition.expect()).isEmpty();
        assertThat(definition.listeners().enabled()).isEmpty();
        assertThat(definition.listeners().unread()).isEmpty();
        assertThat(definition.search()).isEmpty();
    }

    @Test
    void watchesForStandstillUnlessToldOtherwise() {
        Optional<Definition.Stalled> byDefault = Optional.of(new Definition.Stalled(300));
        assertThat(stalled("")).isEqualTo(byDefault);
        assertThat(stalled("monitors: {dead_units: false}\n")).isEqualTo(byDefault);
        assertThat(stalled("monitors: {stalled: true}\n")).isEqualTo(byDefault);
        assertThat(stalled("monitors: {stalled: null}\n")).isEqualTo(byDefault);
        assertThat(stalled("monitors: {stalled: false}\n")).isEmpty();
        assertThat(stalled("monitors: {stalled: {seconds: 0.5}}\n")).contains(new Definition.Stalled(0.5));
        Value.Mapping other = fixture.yaml(Fixture.SMALL + "monitors: {stalled: false, dead_units: {share: 0.5}}\n")
                .monitors()
                .other();
        assertThat(other.entries()).containsOnlyKeys("dead_units");
    }

    private Optional<Definition.Stalled> stalled(String monitors) {
        return fixture.yaml(Fixture.SMALL + monitors).monitors().stalled();
    }

    @Test
    void reportsInTheDocumentedForm() {
        DefinitionException exception = new DefinitionException(
                List.of(
                        new Problem("experiments/cifar10.yaml", 21, "optimizer.beta2", "1.0 is outside [0, 1)"),
                        new Problem("experiments/cifar10.yaml", 12, "optimizer.momentm", unknown()),
                        new Problem(
                                "experiments/cifar10.yaml",
                                18,
                                "model[2].activation",
                                "there is no activation 'rellu'; did you mean 'relu'?")),
                0);
        assertThat(exception.report()).isEqualTo("""
                experiments/cifar10.yaml: 3 problems
                  line 12: optimizer.momentm: 'momentum' has no such parameter (plugin nurture-optimizers 1.0); did you mean 'momentum'? It has: learning_rate, momentum
                  line 18: model[2].activation: there is no activation 'rellu'; did you mean 'relu'?
                  line 21: optimizer.beta2: 1.0 is outside [0, 1)""");
    }

    private static String unknown() {
        return "'momentum' has no such parameter (plugin nurture-optimizers 1.0); did you mean 'momentum'?"
                + " It has: learning_rate, momentum";
    }

    @Test
    void findsTheDocumentedMistakes() {
        assertThat(fixture.problems("""
                data: digits
                optimizer:
                  type: momentum
                  momentm: 0.9
                model:
                  - {type: dense, units: 100}
                  - {type: dropout}
                  - type: dense
                    units: 10
                    activation: rellu
                """))
                .isEqualTo("""
                  line 4: optimizer.momentm: %s
                  line 10: model[2].activation: there is no activation 'rellu'; did you mean 'relu'?""".formatted(unknown()).indent(2).stripTrailing());
        assertThat(fixture.problems(Fixture.SMALL + "optimizer: {type: adam, beta2: 1.0}\n"))
                .isEqualTo("  line 3: optimizer.beta2: 1.0 is outside [0, 1)");
    }

    @Test
    void findsEightMistakesAtOnce() {
        Path file = fixture.write("eight.yaml", """
                name: eight
                seed: 010
                data: {type: digits, validation: 1.5}
                preprocess: [zero_mean, normalise]
                model:
                  - {type: dense, unit: 100}
                  - {type: dropout, rate: half}
                optimizer: {type: momentum, momentm: 0.9}
                trainig: {epochs: 3}
                expect: {test_accuracy: 0.95}
                """);
        assertThat(fixture.problems(file)).isEqualTo("""
                eight.yaml: 8 problems
                  line 2: seed: '010' begins with 0, which some readers of YAML take for octal; write it without, or quote it if it is text
                  line 3: data.validation: 1.5 is outside [0, 1)
                  line 4: preprocess[1]: there is no preprocessor 'normalise'; did you mean 'normalize'?
                  line 6: model[0].unit: 'dense' has no such parameter (plugin nurture-layers 1.0); did you mean 'units'? It has: units, initializer, normalization, activation, bias
                  line 7: model[1].rate: expected a number, not 'half'
                  line 8: optimizer.momentm: %s
                  line 9: trainig: there is no such key; did you mean 'training'? There are: name, extends, seed, data, preprocess, model, loss, regularization, optimizer, schedule, training, checks, monitors, expect, metrics, listeners, search
                  line 10: expect.test_accuracy: expected ">= x", "<= x", "> x", "< x", "x +- y" or "in [x, y]", not '0.95'""".formatted(unknown()));
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "training: {epochs: -1}|training.epochs: -1 is outside [0, 1000000]",
                "training: {epochs: 3.0}|training.epochs: expected a whole number, not '3.0'",
                "training: {epochs: 99999999999999999999}|training.epochs: 99999999999999999999 is outside [0, 1000000]",
                "training: {epochs: [3]}|training.epochs: expected a whole number, not a list",
                "training: {epochs: true}|training.epochs: expected a whole number, not 'true'",
                "training: {epoch: 3}|training.epoch: 'training' has no such key; did you mean 'epochs'? It has: epochs, batch_size, threads, clip_norm, checkpoint_every, checkpoint_steps, checkpoint_minutes, keep, early_stopping",
                "training: fast|training: expected a mapping, not 'fast'",
                "training: {clip_norm: 0}|training.clip_norm: 0 is outside (0, inf)",
                "training: {checkpoint_steps: 0}|training.checkpoint_steps: 0 is outside [1, 2147483647]",
                "training: {checkpoint_minutes: 0}|training.checkpoint_minutes: 0 is outside (0, 525600]",
                "training: {clip_norm: 1e999}|training.clip_norm: 1e999 is outside (0, inf)",
                "training: {early_stopping: {metric: validaton_loss}}|training.early_stopping.metric: there is no metric 'validaton_loss'; did you mean 'validation_loss'?",
                "monitors: {stalled: {seconds: 0}}|monitors.stalled.seconds: 0 is outside (0, 31536000]",
                "monitors: {stalled: {second: 5}}|monitors.stalled.second: 'monitors.stalled' has no such key; did you mean 'seconds'? It has: seconds",
                "monitors: {stalled: never}|monitors.stalled: expected true, false or a mapping, not 'never'",
                "monitors: {stalled: [5]}|monitors.stalled: expected true, false or a mapping, not a list",
                "monitors: {stalled: 'false'}|monitors.stalled: expected true, false or a mapping, not the text \"false\"",
                "training: {early_stopping: {patience: 0}}|training.early_stopping.patience: 0 is outside [1, 1000000]",
                "training: {early_stopping: {restore_best: 1}}|training.early_stopping.restore_best: expected true or false, not '1'",
                "regularization: {l2: -1}|regularization.l2: -1 is outside [0, inf)",
                "regularization: {l3: 1}|regularization.l3: 'regularization' has no such key. It has: l1, l2",
                "seed: 1.5|seed: expected a whole number, not '1.5'",
                "seed: 9223372036854775808|seed: 9223372036854775808 is outside [-9223372036854775808, 9223372036854775807]",
                "name: ..|name: expected 1 to 64 letters, digits, '.', '_' or '-', not '..'",
                "loss: hing|loss: there is no loss 'hing'; did you mean 'hinge'?",
                "loss: quadratic|loss: there is no loss 'quadratic'. There are: hinge, softmax_cross_entropy",
                "loss: [hinge]|loss: expected the name of a part (loss), not a list",
                "loss: {type: hinge, margin: x}|loss.margin: expected a number, not 'x'",
                "schedule: {typ: cosine, warmup: 3}|schedule: there is",
                "metrics: {port: 65536}|metrics.port: 65536 is outside [0, 65535]",
                "metrics: {required: maybe}|metrics.required: expected true or false, not 'maybe'",
                "checks: often|checks: expected a mapping, not 'often'",
                "checks: {overfit_subet: true}|checks.overfit_subet: there is no check 'overfit_subet'; did you mean 'overfit_subset'?",
                "checks: {overfit_subset: never}|checks.overfit_subset: expected true, false or a mapping, not 'never'",
                "checks: {overfit_subset: 'false'}|checks.overfit_subset: expected true, false or a mapping, not the text \"false\"",
                "checks: {overfit_subset: [20]}|checks.overfit_subset: expected true, false or a mapping, not a list",
                "checks: {overfit_subset: {examples: 0}}|checks.overfit_subset.examples: 0 is outside [1, 1000]",
                "checks: {overfit_subset: {example: 3}}|checks.overfit_subset.example: 'overfit_subset' has no such parameter (plugin nurture-checks 1.0); did you mean 'examples'? It has: examples, steps, on_failure",
                "checks: {overfit_subset: {on_failure: ignore}}|checks.overfit_subset.on_failure: there is no on failure 'ignore'. There are: stop, warn",
                "search: [grid]|search: expected a mapping, not a list",
                "expect: {test_acuracy: '> 0.5'}|expect.test_acuracy: there is no metric 'test_acuracy'; did you mean 'test_accuracy'?",
                "expect: {best: '> 0.5'}|expect.best: there is no metric 'best'. There are: initial_loss, train_loss, train_accuracy, validation_loss, validation_accuracy, test_loss, test_accuracy, learning_rate, activation_mean, activation_std, activation_gradient, saturated_ratio, dead_ratio, weight_norm, gradient_norm, update_ratio, findings, advised, curve, any_of",
                "expect: {test_loss: '> .nan'}|expect.test_loss: expected \">= x\", \"<= x\", \"> x\", \"< x\", \"x +- y\" or \"in [x, y]\", not '> .nan'",
                "expect: {test_loss: '1 +- -1'}|expect.test_loss: expected \">= x\", \"<= x\", \"> x\", \"< x\", \"x +- y\" or \"in [x, y]\", not '1 +- -1'",
            })
    void refusesSections(String written, String problem) {
        if (problem.equals("schedule: there is")) {
            problem = "schedule.typ: 'constant' has no such parameter (plugin nurture-schedules 1.0). It has none\n"
                    + "  line 3: schedule.warmup: 'constant' has no such parameter (plugin nurture-schedules 1.0). It has none";
        }
        assertThat(fixture.problems(Fixture.SMALL + written + "\n")).isEqualTo("  line 3: " + problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "dens|model[0]: there is no layer 'dens'; did you mean 'dense'?",
                "dense|model[0].units: 'dense' needs it (plugin nurture-layers 1.0): outputs",
                "{typ: dense, units: 3}|model[0].type: the name of the layer is missing; is 'typ' meant for it?",
                "{units: 3}|model[0].type: the name of the layer is missing",
                "{type: [dense]}|model[0]: expected the name of a part (layer), not a list",
                "null|model[0]: expected the name of a part (layer), not 'null'",
                "{type: dense, units: 3, initializer: he_normal}|model[0].initializer: there is no initializer 'he_normal'; did you mean 'normal'?",
                "{type: dense, units: 3, initializer: {type: normal, std: 0}}|model[0].initializer.std: 0 is outside (0, inf)",
                "{type: dense, units: 3, bias: 1}|model[0].bias: expected true or false, not '1'",
                "{type: pool, padding: sam}|model[0].padding: there is no padding 'sam'; did you mean 'same'?",
                "{type: pool, padding: 3}|model[0].padding: there is no padding '3'. There are: same, valid",
                "{type: residual, layers: [{type: dense, units: x}]}|model[0].layers[0].units: expected a whole number, not 'x'",
                "relu: 5|model[0].type: the name of the layer is missing",
            })
    void refusesLayers(String written, String problem) {
        assertThat(fixture.problems("data: digits\nmodel:\n  - " + written + "\n"))
                .isEqualTo("  line 3: " + problem);
    }

    @Test
    void wantsDataAndAModel() {
        assertThat(fixture.problems("seed: 1\n"))
                .isEqualTo("  line 1: data: is missing; name a data set\n  line 1: model: is missing; list the layers");
        assertThat(fixture.problems("data: digits\nmodel: []\n")).isEqualTo("  line 2: model: has no layers");
        assertThat(fixture.problems("data: digits\nmodle: [dropout]\n"))
                .startsWith("  line 2: modle: there is no such key; did you mean 'model'? There are: ")
                .doesNotContain("\n");
    }

    @Test
    void wantsAValidationSplitForWhatIsMeasuredOnIt() {
        assertThat(fixture.problems("""
                data: {type: digits, validation: 0}
                model: [dropout]
                training: {early_stopping: {patience: 3}}
                expect: {validation_loss: "< 1"}
                """)).isEqualTo("""
                  line 3: training.early_stopping.metric: validation_loss is not measured when data.validation is 0
                  line 4: expect.validation_loss: validation_loss is not measured when data.validation is 0""".indent(2).stripTrailing());
    }

    @Test
    void takesNullForAbsent() {
        assertThat(fixture.yaml(Fixture.SMALL + "training: {clip_norm: null, epochs: null}\noptimizer: null\n"))
                .isEqualTo(fixture.yaml(Fixture.SMALL));
    }

    @Test
    void letsActivationsAndNormalizationsStandAsLayers() {
        Definition definition = fixture.yaml("data: digits\nmodel: [relu, {type: batch, momentum: 0.5}, maxout]\n");
        assertThat(definition.model()).extracting(PartSettings::name).containsExactly("relu", "batch", "maxout");
        assertThat(definition.model()).extracting(PartSettings::create).allMatch(Layer.class::isInstance);
    }

    @Test
    void makesPartsWithinParts() {
        Definition definition = fixture.yaml("""
                data: digits
                model:
                  - {type: dense, units: 7, activation: relu, initializer: {type: normal, std: 0.5}, bias: false}
                  - {type: residual, layers: [{type: dense, units: 3}, tanh]}
                """);
        TestCatalog.Made dense = definition.model().get(0).create(TestCatalog.Made.class);
        assertThat(dense.arguments().get(0)).isEqualTo(7);
        assertThat(dense.arguments().get(1)).isInstanceOf(dev.nurture.spi.Initializer.class);
        assertThat(dense.arguments().get(3)).isInstanceOf(ActivationLayer.class);
        assertThat(dense.arguments().get(4)).isEqualTo(false);
        TestCatalog.Made residual = definition.model().get(1).create(TestCatalog.Made.class);
        assertThat((List<?>) residual.arguments().get(0)).hasSize(2).allMatch(Layer.class::isInstance);
        assertThat(definition.model().get(1).values()).containsKey("layers");
    }

    @Test
    void resolvesPathsAgainstTheFileTheyStandIn() throws Exception {
        Files.createDirectory(folder.resolve("sub"));
        fixture.write("sub/base.yaml", "data: {type: csv, path: rows.csv, target: y}\nmodel: [dropout]\n");
        Definition definition = fixture.yaml("extends: sub/base.yaml\n");
        assertThat(definition.data().source().values()).containsEntry("path", folder.resolve("sub/rows.csv"));
        assertThat(fixture.yaml("extends: sub/base.yaml\n", "data.path=rows.csv")
                        .data()
                        .source()
                        .values())
                .containsEntry("path", Path.of("rows.csv").toAbsolutePath());
    }

    @Test
    void keepsWholeNumbersWithinAnInt() {
        Param<Integer> open = Param.integer("size").in("[0, inf)");
        fixture.catalog = TestCatalog.catalog(List.of(TestCatalog.made(Layer.class, "open", open)));
        assertThat(fixture.problems("data: digits\nmodel: [{type: open, size: 2147483648}]\n"))
                .isEqualTo("  line 2: model[0].size: 2147483648 is outside [-2147483648, 2147483647]");
        assertThat(fixture.yaml("data: digits\nmodel: [{type: open, size: 2147483647}]\n")
                        .model())
                .hasSize(1);
    }

    @Test
    void refusesALearnedActivationWhereOnlyAnElementwiseOneFits() {
        Param<Activation> gate = Param.part("gate", Activation.class);
        fixture.catalog = TestCatalog.catalog(List.of(TestCatalog.made(Layer.class, "gated", gate)));
        assertThat(fixture.problems("data: digits\nmodel: [{type: gated, gate: maxout}]\n"))
                .isEqualTo(
                        "  line 2: model[0].gate: 'maxout' has weights or several inputs a unit and cannot stand here");
        assertThat(fixture.yaml("data: digits\nmodel: [{type: gated, gate: relu}]\n")
                        .model())
                .hasSize(1);
    }

    @Test
    void reportsWhatAPluginThrows() {
        Factory<Layer> picky = new Factory<>(Layer.class, "picky", "", List.of(), settings -> {
            throw new IllegalArgumentException("stride 3 does not go with kernel 2");
        });
        Factory<Layer> broken = new Factory<>(Layer.class, "broken", "", List.of(), settings -> {
            throw new NoClassDefFoundError("org/acme/Missing");
        });
        Factory<Layer> empty = new Factory<>(Layer.class, "empty", "", List.of(), settings -> null);
        Param<Integer> hidden = Param.integer("hidden");
        Factory<Layer> sly = new Factory<>(Layer.class, "sly", "", List.of(), settings -> {
            settings.get(hidden);
            return null;
        });
        Param<Layer> inner = Param.part("inner", Layer.class).or("endless");
        Factory<Layer> endless = TestCatalog.made(Layer.class, "endless", inner);
        Param<Layer> absent = Param.part("inner", Layer.class).or("nowhere");
        Factory<Layer> dangling = TestCatalog.made(Layer.class, "dangling", absent);
        fixture.catalog = TestCatalog.catalog(List.of(picky, broken, empty, sly, endless, dangling));
        assertThat(fixture.problems("""
                data: digits
                model:
                  - picky
                  - type: residual
                    layers: [broken]
                  - empty
                  - sly
                """)).isEqualTo("""
                  line 3: model[0]: stride 3 does not go with kernel 2 (plugin acme 0.1)
                  line 5: model[1].layers[0]: 'broken' cannot be made: plugin acme 0.1 threw java.lang.NoClassDefFoundError: org/acme/Missing
                  line 6: model[2]: 'empty' cannot be made: plugin acme 0.1 gave nothing
                  line 7: model[3]: 'sly' reads 'hidden' but does not declare it (plugin acme 0.1)""".indent(2).stripTrailing());
        assertThat(fixture.problems("data: digits\nmodel: [endless]\n"))
                .endsWith("parts within parts more than 24 deep");
        assertThat(fixture.problems("data: digits\nmodel: [dangling]\n"))
                .startsWith("  line 2: model[0].inner: there is no layer 'nowhere'");
    }

    @Test
    void aListenerHearsWhereTheDefinitionNamesIt() {
        assertThat(listeners("metrics: {}")).isEmpty();
        assertThat(listeners("metrics: false")).isEmpty();
        assertThat(listeners("listeners: {diary: false}")).isEmpty();
        assertThat(listeners("metrics: true")).containsExactly("metrics{port=9464, required=false}");
        assertThat(listeners("listeners: {diary: {lines: 3}}\nmetrics: {port: 0}"))
                .containsExactly("diary{lines=3}", "metrics{port=0, required=false}");
        assertThat(fixture.problems(Fixture.SMALL + "listeners: {dairy: true}\n"))
                .contains("listeners.dairy: there is no listener 'dairy'; did you mean 'diary'?");
    }

    private List<String> listeners(String line) {
        return fixture.yaml(Fixture.SMALL + line + "\n").listeners().enabled().stream()
                .map(Object::toString)
                .toList();
    }

    @Test
    void keepsWhatLaterWorkReads() {
        Definition definition = fixture.yaml(Fixture.SMALL + """
                checks: {overfit_subset: {examples: 20}, of_a_plugin_that_is_not_here: {depth: 3}}
                metrics: {port: 0, required: true}
                search: {space: {"model[0].units": {choice: [50, 100]}}}
                """);
        assertThat(definition.checks().enabled())
                .extracting(check -> check.part().name())
                .containsExactly("overfit_subset");
        assertThat(definition.checks().other().entries()).containsOnlyKeys("of_a_plugin_that_is_not_here");
        assertThat(definition.listeners().enabled()).singleElement().hasToString("metrics{port=0, required=true}");
        assertThat(definition.search().orElseThrow().entries()).containsOnlyKeys("space");
    }

    @Test
    void everyCheckThereIsRunsUnlessItIsSwitchedOff() {
        fixture.catalog = TestCatalog.catalog(List.of(
                TestCatalog.idle(SanityCheck.class, "balance"),
                TestCatalog.idle(SanityCheck.class, "scale"),
                TestCatalog.idle(SanityCheck.class, "zeros")));
        Definition.Checks checks = fixture.yaml(Fixture.SMALL + """
                checks:
                  zeros: false
                  balance: true
                  overfit_subset: {on_failure: warn, steps: 9}
                """).checks();
        assertThat(checks.disabled()).containsExactly("zeros");
        assertThat(checks.enabled())
                .extracting(check -> check.part() + (check.stop() ? " stops" : " warns"))
                .containsExactly("balance{} stops", "overfit_subset{examples=20, steps=9} warns", "scale{} stops");
        assertThat(checks.enabled())
                .extracting(check -> check.part().path())
                .containsExactly("checks.balance", "checks.overfit_subset", "checks.scale");

        assertThat(fixture.problems(Fixture.SMALL + "checks:\n  zeros: true\n  scales: false\n  zeroes: {a: 1}\n"))
                .isEqualTo("""
                  line 5: checks.scales: there is no check 'scales'; did you mean 'scale'?
                  line 6: checks.zeroes: there is no check 'zeroes'; did you mean 'zeros'?""".indent(2).stripTrailing());
    }

    @Test
    void allChecksOrAllMonitorsAreSwitchedOffByOneWord() {
        fixture.catalog = TestCatalog.catalog(
                List.of(TestCatalog.idle(SanityCheck.class, "balance"), TestCatalog.idle(Monitor.class, "drifting")));
        Definition on = fixture.yaml(Fixture.SMALL);
        assertThat(on.monitors().enabled())
                .extracting(monitor -> monitor.part().path())
                .containsExactly("monitors.drifting");
        assertThat(on.monitors().interval()).isEqualTo(20);
        Definition off = fixture.yaml(Fixture.SMALL + "checks: false\nmonitors: false\n");
        assertThat(off.checks().enabled()).isEmpty();
        assertThat(off.checks().disabled()).contains("balance", "overfit_subset");
        assertThat(off.monitors().enabled()).isEmpty();
        assertThat(off.monitors().disabled()).containsExactly("drifting");
        assertThat(off.monitors().stalled()).isEmpty();

        assertThat(fixture.problems(Fixture.SMALL + "monitors:\n  drifing: false\n  interval: 0\n"))
                .contains("monitors.drifing: there is no monitor 'drifing'; did you mean 'drifting'?")
                .contains("monitors.interval: 0 is outside [1, 1000000]");
        assertThat(fixture.problems(Fixture.SMALL + "checks: 3\n")).contains("expected a mapping, not '3'");
    }

    @Test
    void namesAFileThatIsNotThere() {
        fixture.write("digits.yaml", Fixture.SMALL);
        assertThat(fixture.problems(folder.resolve("digit.yaml")))
                .isEqualTo("digit.yaml: 1 problem\n  there is no such file; did you mean 'digits.yaml'?");
        assertThat(fixture.problems(fixture.write("a.txt", "")))
                .isEqualTo("a.txt: 1 problem\n"
                        + "  is no definition; its name must end in .yaml, .json, .properties or .xml");
    }

    @Test
    void isWiredByGuice() {
        PluginCatalog catalog = fixture.catalog;
        Definitions definitions = Guice.createInjector(new ConfigModule(), new AbstractModule() {
                    @Override
                    protected void configure() {
                        binder().requireExplicitBindings();
                        bind(PluginCatalog.class).toInstance(catalog);
                    }
                })
                .getInstance(Definitions.class);
        Path file = fixture.write("x.yaml", Fixture.SMALL);
        assertThat(definitions.read(file, List.of()).model()).hasSize(1);
        assertThatThrownBy(() -> definitions.read(file, List.of("optimizer=adm")))
                .isInstanceOf(DefinitionException.class)
                .hasMessage(
                        "command line: 1 problem\n" + "  optimizer: there is no optimizer 'adm'; did you mean 'adam'?");
        assertThat(definitions.read(file, List.of()).optimizer().create()).isInstanceOf(Optimizer.class);
    }
}
