package {{package}};

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nurture.spi.Fan;
import dev.nurture.spi.Initializer;
import dev.nurture.spi.KeyedRandom;
import dev.nurture.spi.Shape;
import dev.nurture.testkit.InitializerContract;
import org.junit.jupiter.api.Test;

class {{class}}Test extends InitializerContract {
    private static final double GAIN = 2;

    @Override
    protected Initializer create() {
        return new {{class}}(GAIN);
    }

    @Test
    void hasTheVarianceOfItsFanAndNoTails() {
        int inputs = 50;
        int units = 4_000;
        float[] w = new float[inputs * units];
        create().fill(w, 0, w.length, Shape.of(inputs, units), new Fan(inputs, units), new KeyedRandom(7));
        double squares = 0;
        double greatest = 0;
        for (float value : w) {
            squares += (double) value * value;
            greatest = Math.max(greatest, Math.abs(value));
        }
        double variance = GAIN / inputs;
        assertEquals(variance, squares / w.length, 0.01 * variance);
        // 200,000 values come close to the cut, which lies at 2/.8796 deviations.
        assertEquals(2.2737, greatest / Math.sqrt(variance), 0.001);
    }
}
