package dev.nurture.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nurture.spi.Plugin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars name the version of the SPI that they were built for, and no other than this one is used. */
class SpiVersionIT {
    @TempDir
    Path folder;

    @Test
    void everyBuiltInJarNamesTheVersionOfTheSpi() throws IOException {
        List<Path> jars = Nurture.pluginJars();
        assertThat(jars).hasSize(12);
        for (Path plugin : jars) {
            try (JarFile jar = new JarFile(plugin.toFile())) {
                assertThat(jar.getManifest().getMainAttributes().getValue("Nurture-Spi-Version"))
                        .as(plugin.toString())
                        .isEqualTo(String.valueOf(Plugin.SPI_VERSION));
            }
        }
    }

    @Test
    void aPartOutOfAJarForAnotherVersionCannotBeRun() throws IOException {
        Path jar = SquaresJar.write(folder.resolve("plugins/squares.jar"), "1.0", "2")
                .toRealPath();
        Nurture nurture = new Nurture(folder);
        Nurture.Outcome refused = nurture.run(
                        "run", Nurture.shipped("digits"), "model[0].activation=squared_relu", "--progress", "none")
                .exits(2);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err())
                .startsWith("warning: plugin " + jar + ": was built for version 2 of the plugin SPI, this Nurture has"
                        + " version 1; get the plugin built for version 1, or a Nurture with version 2\n"
                        + "command line: 1 problem\n"
                        + "  model[0].activation: there is no activation 'squared_relu'");
        assertThat(Nurture.names(folder)).containsExactly("plugins");
        // Whoever does not want the part is not kept from working.
        assertThat(nurture.run("plugins", "list").exits(0).err()).contains("version 2 of the plugin SPI");
    }

    @Test
    void aJarThatNamesNoVersionIsUsedWithANote() throws IOException {
        Path jar = SquaresJar.write(folder.resolve("plugins/squares.jar"), "1.0", null)
                .toRealPath();
        Nurture.Outcome listed = new Nurture(folder).run("plugins", "list").exits(0);
        assertThat(listed.out()).contains("squared_relu");
        assertThat(listed.err())
                .isEqualTo(
                        "note: plugin " + jar + ": does not say which version of the plugin SPI it was built for; add"
                                + " the line 'Nurture-Spi-Version: 1' to its manifest\n");
    }
}
