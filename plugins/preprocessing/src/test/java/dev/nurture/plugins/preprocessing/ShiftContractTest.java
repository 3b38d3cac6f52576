package dev.nurture.plugins.preprocessing;

import dev.nurture.contracts.MapSettings;
import dev.nurture.spi.Preprocessor;
import dev.nurture.spi.Shape;
import dev.nurture.testkit.PreprocessorContract;
import java.util.Map;

/** Of more pixels than the smaller images that are tried have room for. */
class ShiftContractTest extends PreprocessorContract {
    @Override
    protected Preprocessor create() {
        return MapSettings.create(Shift.FACTORY, Map.of("pixels", 10));
    }

    @Override
    protected Shape input() {
        return Shape.of(1, 12, 11);
    }
}
