package dev.nurture.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DecisiveProvenanceTest {
    private static final Provenance.PluginFile LAYERS =
            new Provenance.PluginFile("my layers", "1.0", "layers.jar", "aa");
    private static final Provenance.PluginFile LOSSES = new Provenance.PluginFile("losses", "2", "losses.jar", "bb");

    private static Provenance provenance(
            String java, String arch, String blas, String definition, String data, Provenance.PluginFile... plugins) {
        return new Provenance(
                "1.0",
                new Provenance.Java(java, "vendor", "vm"),
                new Provenance.Os("Linux", "6", arch),
                2,
                blas,
                1,
                definition,
                data,
                Arrays.asList(plugins));
    }

    private static final Checkpoint CHECKPOINT = new Checkpoint(
            7,
            DecisiveProvenance.metadata(provenance("17.0.9", "amd64", "OpenBLAS, Haswell", "d1", "r1", LAYERS, LOSSES)),
            Map.of());

    @Test
    void whatDoesNotMatterIsNoDrift() {
        Provenance now = provenance(
                "17.0.15",
                "amd64",
                "OpenBLAS, Haswell",
                "d1",
                "r1",
                new Provenance.PluginFile("new", "1", "new.jar", "cc"),
                new Provenance.PluginFile("losses", "2", "renamed.jar", "bb"),
                LAYERS);
        assertThat(DecisiveProvenance.drift(CHECKPOINT, now)).isEmpty();
    }

    @Test
    void eachDifferenceIsNamedWithBothValues() {
        Provenance now = provenance(
                "21-ea",
                "aarch64",
                "OpenBLAS, Zen",
                "d2",
                "r2",
                new Provenance.PluginFile("my layers", "1.0", "layers.jar", "ab"));
        assertThat(DecisiveProvenance.drift(CHECKPOINT, now))
                .containsExactly(
                        "the definition's SHA-256 was d1, is d2",
                        "the data's SHA-256 was r1, is r2",
                        "plugin my layers was 1.0 aa, is 1.0 ab",
                        "plugin losses was 2 bb, is missing",
                        "Java was 17, is 21",
                        "the architecture was amd64, is aarch64",
                        "BLAS was OpenBLAS, Haswell, is OpenBLAS, Zen");
    }

    @Test
    void aCheckpointOfNoPluginsAndOneThatSaysNothing() {
        Provenance bare = provenance("17", "amd64", "plain", "d", "r");
        Checkpoint checkpoint = new Checkpoint(1, DecisiveProvenance.metadata(bare), Map.of());
        assertThat(DecisiveProvenance.drift(checkpoint, bare)).isEqualTo(List.of());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DecisiveProvenance.drift(new Checkpoint(1, Map.of(), Map.of()), bare))
                .withMessage("the checkpoint's metadata have no 'definition_sha256'");
    }
}
