package dev.nurture.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a definition is said all at once, line by line, and nothing has been created by then. */
class WrongDefinitionIT {
    private static final String KEYS = "There are: name, extends, seed, data, preprocess, model, loss, regularization,"
            + " optimizer, schedule, training, checks, monitors, expect, metrics, listeners, search";

    @TempDir
    Path folder;

    private Nurture nurture;

    @BeforeEach
    void prepare() {
        nurture = new Nurture(folder);
    }

    @AfterEach
    void nothingWasCreated() throws IOException {
        assertThat(Nurture.names(folder)).allMatch(name -> name.equals("wrong.yaml"));
    }

    @Test
    void eightMistakesAreEightLines() throws IOException {
        refuses("""
                name: eight
                seed: 1.5
                data: {type: digitz, validation: 0.2}
                preprocess:
                  - zero_mean
                  - normalise
                model:
                  - {type: dense, units: 100, activation: rellu}
                  - {type: dropout, rate: 1.5}
                  - {type: dense, unit: 10}
                optimizer: {type: adam, beta2: 1.0}
                trainig: {epochs: 3}
                """, """
                wrong.yaml: 8 problems
                  line 2: seed: expected a whole number, not '1.5'
                  line 3: data: there is no data set 'digitz'; did you mean 'digits'?
                  line 6: preprocess[1]: there is no preprocessor 'normalise'; did you mean 'normalize'?
                  line 8: model[0].activation: there is no activation 'rellu'; did you mean 'relu'?
                  line 9: model[1].rate: 1.5 is outside [0, 1)
                  line 10: model[2].unit: 'dense' has no such parameter (plugin nurture-layers 1.0); did you mean 'units'? \
                It has: units, activation, initializer, normalization, bias
                  line 11: optimizer.beta2: 1.0 is outside [0, 1)
                  line 12: trainig: there is no such key; did you mean 'training'? %s""".formatted(KEYS));
    }

    @Test
    void whatReadersOfYamlDisagreeAboutIsRefusedWithAReason() throws IOException {
        refuses("""
                name: traps
                seed: 010
                data: {type: digits, limit: 1:30}
                model:
                  - &first {type: dense, units: 10, bias: no}
                  - *first
                regularization: {l2: 1.0e-4, l2: 1.0e-3}
                optimizer: {type: adam, learning_rate: "${script:1+1}"}
                training: {batch_size: "${env:NOT_THERE}"}
                """, """
                wrong.yaml: 8 problems
                  line 2: seed: '010' begins with 0, which some readers of YAML take for octal; write it without, or quote it if it is text
                  line 3: data.limit: '1:30' counts in sixties to some readers of YAML; write the number out, or quote it if it is text
                  line 5: model[0]: the anchor &first is not permitted; leave it out
                  line 5: model[0].bias: 'no' is false to some readers of YAML and text to others; write false, or quote it if it is text
                  line 6: model[1]: the alias *first is not permitted; write the value out
                  line 7: regularization.l2: stands here for the second time; the first is on line 7
                  line 8: optimizer.learning_rate: ${script:1+1}: the look-up 'script' is not permitted; ${env:NAME} and ${key.of.this.definition} are
                  line 9: training.batch_size: ${env:NOT_THERE}: the environment has no variable 'NOT_THERE'""");
    }

    @Test
    void anOverrideIsCheckedLikeTheFile() throws IOException {
        nurture.run("run", Nurture.shipped("digits"), "optimiser.type=sgd", "model[9].units=3", "training.epochs=many")
                .refuses("""
                        command line: 3 problems
                          model[9]: the list has 5 items, counted from 0
                          optimiser: there is no such key; did you mean 'optimizer'? %s
                          training.epochs: expected a whole number, not 'many'""".formatted(KEYS));
    }

    @Test
    void aFileThatIsNotThereIsNamed() throws IOException {
        nurture.run("run", "right.yaml").refuses("right.yaml: 1 problem\n  there is no such file");
    }

    private void refuses(String definition, String report) throws IOException {
        Files.writeString(folder.resolve("wrong.yaml"), definition);
        nurture.run("run", "wrong.yaml").refuses(report);
    }
}
