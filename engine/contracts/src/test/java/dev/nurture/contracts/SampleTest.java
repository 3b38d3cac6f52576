package dev.nurture.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nurture.spi.ActivationLayer;
import dev.nurture.spi.Factory;
import dev.nurture.spi.Initializer;
import dev.nurture.spi.Layer;
import dev.nurture.spi.Param;
import dev.nurture.spi.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class SampleTest {
    /** Stands for any kind of part; what it was made with is what counts. */
    private record Made(List<Object> values) {}

    private static Factory<Made> factory(Function<Settings, Made> create, Param<?>... params) {
        return new Factory<>(Made.class, "made", "Made.", List.of(params), create);
    }

    private static Factory<Made> factory(Param<?>... params) {
        return factory(
                settings -> {
                    List<Object> values = new ArrayList<>();
                    for (Param<?> param : params) {
                        values.add(settings.get(param));
                    }
                    return new Made(values);
                },
                params);
    }

    private static List<String> descriptions(Factory<?> factory) {
        return Sample.of(factory).stream().<String>map(Sample::description).toList();
    }

    @Test
    void beginsWithTheDefaultsAndVariesOneThingAtATime() {
        Factory<Made> factory = factory(
                Param.number("rate").in("[0, 1)").or(0.5).doc("d"),
                Param.flag("bias").or(true).doc("d"),
                Param.choice("per", "feature", "channel").or("feature").doc("d"),
                Param.integer("size").in("[2, 100]").or(3).doc("d"));
        assertThat(descriptions(factory))
                .containsExactly("defaults", "rate=0.25", "bias=false", "per=channel", "size=6");
        assertThat(Sample.of(factory).get(3).create().values()).containsExactly(0.5, true, "channel", 3);
    }

    @Test
    void whatMustBeGivenGetsSomethingInItsRange() {
        Factory<Made> factory = factory(
                Param.integer("units").in("[1, inf)").doc("d"),
                Param.integer("large").in("[1000, 2000]").doc("d"),
                Param.number("share").in("(0, 1)").doc("d"),
                Param.choice("word", "first", "second").doc("d"));
        assertThat(Sample.defaults(factory).create().values()).containsExactly(4, 1000, 0.5, "first");
    }

    @Test
    void settingsThatThePartRefusesAreNoSample() {
        Param<Integer> size = Param.integer("size").in("[1, inf)").or(4).doc("d");
        Factory<Made> factory = factory(
                settings -> {
                    if (settings.get(size) == 8) {
                        throw new IllegalArgumentException("8 is too large");
                    }
                    return new Made(List.of());
                },
                size);
        assertThat(descriptions(factory)).containsExactly("defaults", "size=2");
    }

    @Test
    void partsWithinAreMadeAnewForEachInstance() {
        Factory<Made> factory = factory(
                Param.part("activation", ActivationLayer.class).or("identity").doc("d"),
                Param.part("initializer", Initializer.class).doc("d"),
                Param.parts("layers", Layer.class).doc("d"));
        Sample<Made> sample = Sample.defaults(factory);
        List<Object> one = sample.create().values();
        List<Object> other = sample.create().values();
        assertThat(one.get(0)).isInstanceOf(ActivationLayer.class).isNotSameAs(other.get(0));
        assertThat(one.get(1)).isInstanceOf(Initializer.class);
        assertThat((List<?>) one.get(2)).singleElement().isInstanceOf(Layer.class);
    }

    @Test
    void whatOnlyAUserKnowsIsSaid() {
        assertThatThrownBy(() -> Sample.of(factory(Param.path("file").doc("d"))))
                .isInstanceOf(NotApplicable.class)
                .hasMessage("'made' needs 'file', which only a user knows");
    }
}
