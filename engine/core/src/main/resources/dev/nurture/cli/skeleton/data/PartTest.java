package {{package}};

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nurture.spi.DataSource;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.KeyedRandom;
import dev.nurture.testkit.DataSourceContract;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class {{class}}Test extends DataSourceContract {
    @Override
    protected DataSource create() {
        return new {{class}}(50, 0.1);
    }

    @Test
    void withoutNoiseAllPointsLieOnTheirHalfCircle() throws Exception {
        Dataset rows = new {{class}}(50, 0).load(new Seeded(new KeyedRandom(7))).train();
        assertEquals(100, rows.rows());
        for (int row = 0; row < 100; row++) {
            int label = rows.labels()[row];
            double x = rows.x()[2 * row];
            double y = rows.x()[2 * row + 1];
            assertEquals(row < 50 ? 0 : 1, label);
            // The centres are (0, 0) and (1, ½); the one arc lies above its centre, the other below.
            double height = label == 0 ? y : 0.5 - y;
            assertEquals(1, Math.hypot(x - label, height), 1e-6);
            assertEquals(Math.abs(height), height, 1e-6);
        }
    }

    private record Seeded(RandomGenerator random) implements DataSource.Context {
        @Override
        public Path folder() {
            throw new UnsupportedOperationException("generated data needs no files");
        }
    }
}
