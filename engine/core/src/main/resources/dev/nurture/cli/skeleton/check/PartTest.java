package {{package}};

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nurture.contracts.PlainBench;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.Finding;
import dev.nurture.spi.SanityCheck;
import dev.nurture.spi.Shape;
import dev.nurture.testkit.SanityCheckContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class {{class}}Test extends SanityCheckContract {
    @Override
    protected SanityCheck create() {
        return new {{class}}(0);
    }

    /** Eight rows: three are (0, 0) and one of these has another class; two are (1, 0) and agree. */
    private static PlainBench bench() {
        float[] x = {0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 1, 2, 0, 0, 2};
        int[] labels = {0, 1, 0, 1, 1, 0, 0, 1};
        return PlainBench.of(Dataset.classification(Shape.of(2), x, labels, 2, List.of()), 1);
    }

    @Test
    void countsTheRowsThatContradictTheMostOfTheirLike() {
        List<Finding> findings = create().look(bench());
        assertEquals(1, findings.size());
        assertEquals("contradictory_labels", findings.get(0).fault());
        assertEquals(1 / 8.0, findings.get(0).measured());
    }

    @Test
    void letsPassWhatIsTolerated() {
        assertEquals(List.of(), new {{class}}(0.125).look(bench()));
    }
}
