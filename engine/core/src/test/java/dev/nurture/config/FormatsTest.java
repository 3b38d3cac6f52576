package dev.nurture.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FormatsTest extends FixtureTest {
    private static final String YAML = """
            name: all
            data: {type: csv, path: rows.csv, target: "no", header: false}
            preprocess: [zero_mean]
            model:
              - {type: dense, units: 100, initializer: {type: normal, std: 1e-2}, activation: relu}
              - type: residual
                layers: [{type: dense, units: 100}, tanh]
              - {type: dense, units: 10}
            optimizer: {type: adam, learning_rate: 1.0e-3}
            training: {epochs: 3}
            expect: {test_accuracy: ">= 0.95"}
            search: {folds: 5, space: {optimizer.learning_rate: {log_uniform: [1.0e-5, 1.0e-1]}}}
            """;
    private static final String JSON = """
            {
            \t"name": "all",
            \t"data": {"type": "csv", "path": "rows.csv", "target": "no", "header": false},
            \t"preprocess": ["zero_mean"],
            \t"model": [
            \t\t{"type":"dense","units":100,"initializer":{"type":"normal","std":1e-2},"activation":"relu"},
            \t\t{"type": "residual", "layers": [{"type": "dense", "units": 100}, "tanh"]},
            \t\t{"type": "dense", "units": 10}
            \t],
            \t"optimizer": {"type": "adam", "learning_rate": 1.0e-3},
            \t"training": {"epochs": 3},
            \t"expect": {"test_accuracy": ">= 0.95"},
            \t"search": {"folds": 5, "space": {"optimizer.learning_rate": {"log_uniform": [1.0e-5, 1.0e-1]}}}
            }
            """;
    private static final String PROPERTIES = """
            # the same
            name = all
            data = csv
            data.path = rows.csv
            data.target = "no"
            data.header = false
            preprocess[0] = zero_mean
            model[0].units = 100
            model[0].type = dense
            model[0].initializer = {type: normal, std: 1e-2}
            model[0].activation: relu
            model[2] = {type: dense, units: 10}
            model[1].type = residual
            model[1].layers = [{type: dense, units: 100}, \\
                tanh]
            optimizer.learning_rate = 1.0e-3
            optimizer = adam
            training.epochs = 3
            expect.test_accuracy = >= 0.95
            search.folds = 5
            search.space.'optimizer.learning_rate'.log_uniform = [1.0e-5, 1.0e-1]
            """;
    private static final String XML = """
            <?xml version="1.0" encoding="UTF-8"?>
            <experiment>
              <name>all</name>
              <data type="csv">
                <path>rows.csv</path>
                <target>"no"</target>
                <header>false</header>
              </data>
              <preprocess>zero_mean</preprocess>
              <model type="dense" units="100" activation="relu">
                <initializer><type>normal</type><std>1e-2</std></initializer>
              </model>
              <model type="residual">
                <layers type="dense" units="100"/>
                <layers>tanh</layers>
              </model>
              <model type="dense" units="10"/>
              <optimizer type="adam" learning_rate="1.0e-3"/>
              <training epochs="3"/>
              <expect><test_accuracy>&gt;= 0.95</test_accuracy></expect>
              <search folds="5">
                <space>
                  <optimizer.learning_rate>
                    <log_uniform>1.0e-5</log_uniform>
                    <log_uniform>1.0e-1</log_uniform>
                  </optimizer.learning_rate>
                </space>
              </search>
            </experiment>
            """;

    @Test
    void holdTheSameKeys() {
        Definition expected = fixture.yaml(YAML);
        assertThat(expected.model()).hasSize(3);
        assertThat(fixture.read("test.json", JSON)).isEqualTo(expected);
        assertThat(fixture.read("test.properties", PROPERTIES)).isEqualTo(expected);
        assertThat(fixture.read("test.xml", XML)).isEqualTo(expected);
    }

    @Test
    void canExtendOneAnother() {
        fixture.write("base.xml", XML);
        fixture.write("middle.properties", "extends = base.xml\ntraining.epochs = 4\n");
        Definition definition = fixture.read("test.json", "{\"extends\": \"middle.properties\", \"seed\": 5}");
        assertThat(definition.training().epochs()).isEqualTo(4);
        assertThat(definition.seed()).isEqualTo(5);
        assertThat(definition.model()).hasSize(3);
    }

    @Test
    void reportLinesOfJson() {
        assertThat(fixture.problems(
                        fixture.write("test.json", "{\"data\": \"digits\",\n\"model\": [\"dropout\"],\n\"data\": 1}")))
                .isEqualTo("  line 3: data: stands here for the second time; the first is on line 1");
    }

    @Test
    void reportLinesOfProperties() {
        Path file = fixture.write("test.properties", """
                data = digits
                # a comment

                model[0] = dropout
                model[2] = dropout
                training.epochs = no
                seed = 1
                seed = 2
                training.batch_size = \\
                    many
                include = /etc/passwd
                a..b = 1
                """);
        assertThat(fixture.problems(file)).isEqualTo("""
                  line 5: model[1]: is missing, while later items of the list are there
                  line 6: training.epochs: 'no' is false to some readers of YAML and text to others; write false, or quote it if it is text
                  line 8: seed: stands here for the second time; the first is on line 7
                  line 10: training.batch_size: expected a whole number, not 'many'
                  line 11: include: there is no such key. There are: name, extends, seed, data, preprocess, model, loss, regularization, optimizer, schedule, training, checks, monitors, expect, metrics, listeners, search
                  line 12: a..b: a key is empty""".indent(2).stripTrailing());
    }

    @Test
    void reportLinesOfXml() {
        Path file = fixture.write("test.xml", """
                <experiment seed="010">
                  <data>digits</data>
                  <model type="dense">
                    <units>many</units>
                  </model>
                  <training>fast <epochs>3</epochs></training>
                  <optimizr>adam</optimizr>
                  <metrics/>
                </experiment>
                """);
        assertThat(fixture.problems(file)).isEqualTo("""
                  line 1: seed: '010' begins with 0, which some readers of YAML take for octal; write it without, or quote it if it is text
                  line 4: model.units: expected a whole number, not 'many'
                  line 6: training: has text beside elements or attributes; it can have either
                  line 7: optimizr: there is no such key; did you mean 'optimizer'? There are: name, extends, seed, data, preprocess, model, loss, regularization, optimizer, schedule, training, checks, monitors, expect, metrics, listeners, search
                  line 8: metrics: has no value; write null to leave it at its default""".indent(2).stripTrailing());
        assertThat(fixture.problems(fixture.write("test.xml", "<a>\n<b></a>")))
                .startsWith("  line 2: cannot be read as XML: ");
        assertThat(fixture.problems(fixture.write("test.xml", "<a>".repeat(5_000))))
                .isEqualTo("  line 1: cannot be read as XML: nested more than 64 levels deep");
    }

    @Test
    void refuseDocumentTypesInXml() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "digits");
        Path file = fixture.write("test.xml", """
                <?xml version="1.0"?>
                <!DOCTYPE experiment [<!ENTITY secret SYSTEM "%s">]>
                <experiment><data>&secret;</data></experiment>
                """.formatted(secret.toUri()));
        assertThat(fixture.problems(file)).isEqualTo("  line 2: a document type (DOCTYPE) is not permitted");
    }
}
