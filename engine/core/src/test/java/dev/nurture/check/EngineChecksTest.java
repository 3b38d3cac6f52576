package dev.nurture.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nurture.plugin.Kind;
import dev.nurture.plugin.Part;
import dev.nurture.plugin.PluginCatalog;
import java.util.List;
import org.junit.jupiter.api.Test;

class EngineChecksTest {
    @Test
    void theCheckOfGradientsStandsAmongThoseOfPlugins() {
        PluginCatalog none = new PluginCatalog(List.of(), List.of(), List.of("a problem"), List.of("a notice"));
        PluginCatalog catalog = EngineChecks.among(none);
        assertThat(catalog.all()).extracting(Part::title).containsExactly("check 'gradient'");
        assertThat(catalog.find(Kind.CHECK, "gradient").orElseThrow().origin().name())
                .isEqualTo("nurture-core");
        assertThat(catalog.problems()).containsExactly("a problem");
        assertThat(catalog.notices()).containsExactly("a notice");
    }
}
