package dev.nurture.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DataHomeTest {
    private static final Path USER = Path.of("/home/ada");

    @Test
    void theVariableNamedAfterTheProductComesFirst() {
        Map<String, String> environment = Map.of("NURTURE_DATA", "/data/sets", "XDG_CACHE_HOME", "/cache");
        assertThat(DataHome.of(environment, USER).folder("mnist")).isEqualTo(Path.of("/data/sets/mnist"));
    }

    @Test
    void thenTheCacheFolderOfTheDesktop() {
        assertThat(DataHome.of(Map.of("XDG_CACHE_HOME", "/cache", "NURTURE_DATA", ""), USER)
                        .root())
                .isEqualTo(Path.of("/cache/nurture/data"));
    }

    @Test
    void thenTheUsersOwn() {
        Path expected = Path.of("/home/ada/.cache/nurture/data");
        assertThat(DataHome.of(Map.of(), USER).root()).isEqualTo(expected);
        assertThat(DataHome.of(Map.of("XDG_CACHE_HOME", "relative"), USER).root())
                .isEqualTo(expected);
    }

    @Test
    void aNameCannotLeadElsewhere() {
        DataHome home = new DataHome(Path.of("/data"));
        for (String name : new String[] {"..", "../mnist", "/etc", "", ".hidden", "a/b"}) {
            assertThatThrownBy(() -> home.folder(name)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
