package dev.nurture.plugins.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nurture.spi.DataSource;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DigitsTest {
    @Test
    void holdsTheKnownRows() throws IOException {
        DataSource.Splits splits = Loading.load(Digits.FACTORY, Map.of());
        Dataset digits = splits.train();
        assertThat(splits.test()).isEmpty();
        assertThat(digits.rows()).isEqualTo(1797);
        assertThat(digits.shape()).isEqualTo(Shape.of(1, 8, 8));
        assertThat(digits.classNames()).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
        // As scikit-learn's documentation of load_digits and many tutorials print them.
        assertThat(Loading.perClass(digits)).containsExactly(178, 182, 177, 183, 181, 182, 181, 179, 174, 180);
        assertThat(digits.x()).startsWith(0, 0, 5, 13, 9, 1, 0, 0, 0, 0, 13, 15, 10, 15, 5, 0);
        assertThat(digits.labels()).startsWith(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        for (float pixel : digits.x()) {
            assertThat(pixel).isBetween(0f, 16f);
        }
    }

    @Test
    void equalsThePublishedFileRowByRow() throws IOException {
        List<String> lines = Files.readAllLines(SharedData.folder("optdigits").resolve("optdigits.tes"));
        Dataset digits = Loading.load(Digits.FACTORY, Map.of()).train();
        assertThat(lines).hasSize(digits.rows());
        for (int row = 0; row < lines.size(); row++) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < 64; i++) {
                line.append((int) digits.x()[row * 64 + i]).append(',');
            }
            assertThat(line.append(digits.labels()[row]).toString()).isEqualTo(lines.get(row));
        }
    }
}
