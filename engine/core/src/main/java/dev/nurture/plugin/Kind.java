package dev.nurture.plugin;

import dev.nurture.spi.Activation;
import dev.nurture.spi.ActivationLayer;
import dev.nurture.spi.DataSource;
import dev.nurture.spi.Initializer;
import dev.nurture.spi.Layer;
import dev.nurture.spi.LearningRateSchedule;
import dev.nurture.spi.Loss;
import dev.nurture.spi.Monitor;
import dev.nurture.spi.Normalization;
import dev.nurture.spi.Optimizer;
import dev.nurture.spi.Preprocessor;
import dev.nurture.spi.RunListener;
import dev.nurture.spi.SanityCheck;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The kinds of part. A name is unique within its kind. */
public enum Kind {
    DATA(DataSource.class),
    PREPROCESS(Preprocessor.class),
    LAYER(Layer.class),
    ACTIVATION(Activation.class, ActivationLayer.class),
    INITIALIZER(Initializer.class),
    NORMALIZATION(Normalization.class),
    LOSS(Loss.class),
    OPTIMIZER(Optimizer.class),
    SCHEDULE(LearningRateSchedule.class),
    CHECK(SanityCheck.class),
    MONITOR(Monitor.class),
    LISTENER(RunListener.class);

    private final List<Class<?>> types;

    Kind(Class<?>... types) {
        this.types = List.of(types);
    }

    /** Returns the SPI types under which a plugin offers this kind; the first names it. */
    public List<Class<?>> types() {
        return types;
    }

    /** Returns the kind as users read it, such as {@code activation}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns what a part of the kind is called in a sentence, such as {@code data set}. */
    public String noun() {
        return switch (this) {
            case DATA -> "data set";
            case PREPROCESS -> "preprocessor";
            default -> label();
        };
    }

    /** Returns the kind that an SPI type belongs to, if it is one. */
    public static Optional<Kind> of(Class<?> type) {
        return Arrays.stream(values()).filter(kind -> kind.types.contains(type)).findFirst();
    }
}
