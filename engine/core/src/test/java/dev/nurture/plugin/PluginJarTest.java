package dev.nurture.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import com.google.common.io.Files;
import com.google.inject.Guice;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PluginJarTest {
    @Test
    void aClassOutOfAJarHasThatFile() throws Exception {
        PluginJar jar = PluginJar.of("own", Guice.class);
        assertThat(jar.name()).isEqualTo("own");
        assertThat(jar.jar()).isRegularFile();
        assertThat(jar.jar().getFileName().toString()).startsWith("guice").endsWith(".jar");
        assertThat(jar.sha256())
                .isEqualTo(Files.asByteSource(jar.jar().toFile())
                        .hash(Hashing.sha256())
                        .toString());
    }

    @Test
    void aClassOutOfAFolderHasNone() {
        assertThat(PluginJar.of("own", PluginJarTest.class)).isEqualTo(new PluginJar("own", "unknown", jarless(), ""));
    }

    private static Path jarless() {
        return Path.of("");
    }
}
