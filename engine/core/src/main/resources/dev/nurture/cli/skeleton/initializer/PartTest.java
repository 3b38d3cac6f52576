package {{package}};

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nurture.contracts.InitializerMoments;
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

    @Override
    protected InitializerMoments moments() {
        return (shape, fan) -> Math.sqrt(GAIN / fan.in());
    }

    @Test
    void hasNoTails() {
        float[] w = new float[200_000];
        create().fill(w, 0, w.length, Shape.of(50, 4_000), new Fan(50, 4_000), new KeyedRandom(7));
        double greatest = 0;
        for (float value : w) {
            greatest = Math.max(greatest, Math.abs(value));
        }
        // So many values come close to the cut, which lies at 2/.8796 deviations.
        assertEquals(2.2737, greatest / Math.sqrt(GAIN / 50), 0.001);
    }
}
