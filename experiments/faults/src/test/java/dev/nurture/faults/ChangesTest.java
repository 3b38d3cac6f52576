package dev.nurture.faults;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChangesTest {
    @Test
    void blanksWithinBracesDoNotSeparate() {
        assertThat(Changes.of("preprocess=[zero_mean, {type: scale, factor: 2}]  training.epochs=3 "))
                .containsExactly("preprocess=[zero_mean, {type: scale, factor: 2}]", "training.epochs=3");
        assertThat(Changes.of(" ")).isEmpty();
    }

    @Test
    void aRangeInAKeyStandsForEachOfIt() {
        assertThat(Changes.of("model[0-2].units=4"))
                .containsExactly("model[0].units=4", "model[1].units=4", "model[2].units=4");
        assertThat(Changes.of("data={type: csv, path: a[0-2]}")).hasSize(1);
    }
}
