package dev.nurture.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Who is to hear how a run goes, beside those that the definition names. */
final class ListenerOptions {
    @Option(
            names = "--metrics-port",
            paramLabel = "N",
            description = "Serves metrics for Prometheus, and the run's page, on this port; 0 takes a free one.")
    Integer metricsPort;

    @Option(
            names = "--metrics-linger",
            paramLabel = "TIME",
            converter = Seconds.class,
            description = "How long metrics are served after the end, so that the last are fetched, such as 30s.")
    Double metricsLinger;

    @Option(names = "--tensorboard", description = "Writes event files for TensorBoard into the run directory.")
    boolean tensorboard;

    /** A length of time: a number with {@code s}, {@code m} or {@code h} behind it. */
    static final class Seconds implements ITypeConverter<Double> {
        private static final Pattern TIME = Pattern.compile("([0-9]+(?:[.][0-9]+)?)([smh]?)");

        @Override
        public Double convert(String text) {
            Matcher time = TIME.matcher(text);
            if (!time.matches()) {
                throw new TypeConversionException("'" + text + "' is no time such as 30s, 5m or 1h");
            }
            int unit = switch (time.group(2)) {
                case "h" -> 3600;
                case "m" -> 60;
                default -> 1;
            };
            return Double.parseDouble(time.group(1)) * unit;
        }
    }

    /** Returns what they change in the definition, each {@code key=value}. */
    List<String> overrides() {
        List<String> overrides = new ArrayList<>();
        if (metricsPort != null) {
            overrides.add("metrics.port=" + metricsPort);
        }
        if (metricsLinger != null) {
            overrides.add("metrics.linger=" + metricsLinger);
        }
        if (tensorboard) {
            overrides.add("listeners.tensorboard=true");
        }
        return overrides;
    }
}
