package dev.nurture.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EarlyStoppingTest {
    @Test
    void stopsWhenALossHasNotFallenForAsLongAsThePatience() {
        EarlyStopping stopping = new EarlyStopping(false, 2, Double.NaN, 0);
        assertThat(stopping.improved(1, 1.0)).isTrue();
        assertThat(stopping.improved(2, 0.5)).isTrue();
        assertThat(stopping.improved(3, 0.5)).isFalse();
        assertThat(stopping.stop(3)).isFalse();
        assertThat(stopping.improved(4, Double.NaN)).isFalse();
        assertThat(stopping.stop(4)).isTrue();
        assertThat(stopping.bestEpoch()).isEqualTo(2);
        assertThat(stopping.best()).isEqualTo(0.5);
    }

    @Test
    void anAccuracyShouldRise() {
        EarlyStopping stopping = new EarlyStopping(true, 1, Double.NaN, 0);
        assertThat(stopping.improved(1, 0.5)).isTrue();
        assertThat(stopping.improved(2, 0.4)).isFalse();
        assertThat(stopping.stop(2)).isTrue();
        assertThat(stopping.bestEpoch()).isEqualTo(1);
    }
}
