package dev.nurture.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What {@code plugins new} writes for each kind builds, passes its tests and the kind's contract, and can be trained with. */
class NewPluginIT {
    private static final List<String> KINDS = List.of(
            "data",
            "preprocess",
            "layer",
            "activation",
            "initializer",
            "normalization",
            "loss",
            "optimizer",
            "schedule",
            "check",
            "monitor",
            "listener");

    @TempDir
    static Path folder;

    private static Path work;
    private static Author author;

    /** Has them all built at once, by a project above them. */
    @BeforeAll
    static void buildAll() throws IOException {
        work = Files.createDirectories(folder.resolve("work"));
        Nurture nurture = new Nurture(work);
        for (String kind : KINDS) {
            nurture.run("plugins", "new", name(kind), "--kind", kind).exits(0);
        }
        Files.writeString(work.resolve("pom.xml"), """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>all</groupId>
                  <artifactId>all</artifactId>
                  <version>1.0</version>
                  <packaging>pom</packaging>
                  <modules>%s</modules>
                </project>
                """.formatted(KINDS.stream()
                .map(kind -> "<module>" + name(kind) + "</module>")
                .collect(Collectors.joining())));
        author = new Author(folder.resolve("author"));
        author.types(work, "mvn -T 2 package").exits(0);
    }

    private static String name(String kind) {
        return "my-own-" + kind;
    }

    @ParameterizedTest
    @FieldSource("KINDS")
    void itsTestsAreRunTheJarIsVerifiedAndTheExperimentComesOutAsItSays(String kind) throws IOException {
        Path project = work.resolve(name(kind));
        Path jar = project.resolve("target/" + name(kind) + "-1.0.jar");
        assertThat(jar).exists();
        List<String> reports = Nurture.names(project.resolve("target/surefire-reports"));
        assertThat(reports).filteredOn(report -> report.endsWith(".xml")).hasSize(1);

        // The commands of its README, the build apart, which has been.
        String commands = Author.commandsIn(project.resolve("README.md")).replace("mvn package\n", "");
        Nurture.Outcome outcome = author.types(project, commands).exits(0);
        assertThat(outcome.out())
                .contains(kind + " " + name(kind).replace('-', '_') + " (" + name(kind) + " 1.0)\n")
                .contains("target/" + name(kind) + "-1.0.jar: 1 part, verified\n");
        assertThat(RunFolder.only(project.resolve("runs")).status()).isEqualTo("succeeded");
    }

    @Test
    void theExamplesProjectIsOfTheSameForm() throws IOException {
        Nurture nurture = new Nurture(Files.createDirectories(folder.resolve("form")));
        nurture.run("plugins", "new", "example", "--kind", "activation", "--package", "org.example.nurture")
                .exits(0);
        Path written = nurture.folder().resolve("example");
        Path shipped = Nurture.EXPERIMENTS.resolveSibling("plugins/example");
        assertThat(withoutOwn(shipped.resolve("pom.xml")))
                .as("the example's pom.xml; what differs from what 'plugins new' writes has to be brought over")
                .isEqualTo(withoutOwn(written.resolve("pom.xml")));
        assertThat(shipped.resolve(".gitignore")).hasSameTextualContentAs(written.resolve(".gitignore"));
    }

    private static String withoutOwn(Path pom) throws IOException {
        return Files.readString(pom).replaceAll("<(description|nurture\\.home)>.*</", "<$1></");
    }

    @Test
    void itGoesWhereItIsToldAndNamesThePackageAsTold() throws IOException {
        Nurture nurture = new Nurture(Files.createDirectories(folder.resolve("told")));
        Files.createDirectories(nurture.folder().resolve("elsewhere/my_own"));
        Nurture.Outcome outcome = nurture.run(
                        "plugins", "new", "my_own", "--kind", "loss", "--dir", "elsewhere", "--package", "org.mine")
                .exits(0);
        assertThat(outcome.out()).isEqualTo("""
                elsewhere/my_own: a plugin with the loss 'my_own'
                  README.md
                  pom.xml
                  src/main/java/org/mine/MyOwn.java
                  src/main/java/org/mine/MyOwnPlugin.java
                  src/main/resources/META-INF/services/dev.nurture.spi.Plugin
                  src/test/java/org/mine/MyOwnTest.java
                  experiment.yaml
                  .gitignore
                Its README.md says how to build it, verify it and train with it.
                """);
        Path project = nurture.folder().resolve("elsewhere/my_own");
        assertThat(Files.readString(project.resolve("src/main/resources/META-INF/services/dev.nurture.spi.Plugin")))
                .isEqualTo("org.mine.MyOwnPlugin\n");
        assertThat(Files.readString(project.resolve("pom.xml")))
                .contains("<nurture.home>" + Nurture.DISTRIBUTION.toRealPath() + "</nurture.home>");
        assertThat(Nurture.names(nurture.folder().resolve("elsewhere"))).containsExactly("my_own");
    }

    @Test
    void theNameOfAPartThatThereIsIsRefused() throws IOException {
        Nurture nurture = new Nurture(Files.createDirectories(folder.resolve("taken")));
        nurture.run("plugins", "new", "leaky-relu", "--kind", "activation")
                .refuses(
                        "error: there is the activation 'leaky_relu' already (plugin nurture-activations 1.0), and a name"
                                + " that two jars offer is used from neither; choose another");
        assertThat(Nurture.names(nurture.folder())).isEmpty();
    }
}
