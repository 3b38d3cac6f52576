package dev.nurture.experiments;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Invented runs, as the report's page is given them; each call makes the same again. */
final class SampleReports {
    /** Stands among numbers for a value that is not there. */
    private static final double ABSENT = Double.MIN_VALUE;

    private static final List<String> LAYERS = List.of(
            "conv2d_1", "max_pool2d_1", "conv2d_2", "max_pool2d_2", "dense_1", "dropout_1", "dense_2", "dense_3");
    private static final List<String> TENSORS = List.of(
            "conv2d_1.weight", "conv2d_1.bias", "conv2d_2.weight", "conv2d_2.bias", "dense_1.weight", "dense_1.bias");

    /** Which of a digit's seven strokes are on: top, upper left, upper right, middle, lower left, lower right, bottom. */
    private static final String[] STROKES = {
        "1110111", "0010010", "1011101", "1011011", "0111010", "1101011", "1101111", "1010010", "1111111", "1111011"
    };

    private SampleReports() {}

    /** A convolutional network that does well; all that a report can hold. */
    static JsonObject healthy() {
        return healthy(20, 10);
    }

    /** The same with many classes. */
    static JsonObject hundredClasses() {
        JsonObject run = healthy(12, 100);
        run.addProperty("name", "hundred_classes");
        return run;
    }

    /** The same after a single epoch. */
    static JsonObject oneEpoch() {
        JsonObject run = healthy(1, 10);
        run.addProperty("name", "one_epoch");
        return run;
    }

    /** The same while it goes on, so far come to an epoch. */
    static JsonObject running(int epochs) {
        JsonObject run = healthy(epochs, 10);
        run.addProperty("name", "running");
        run.addProperty("status", "running");
        run.addProperty("live", true);
        for (String key : List.of("exit", "finished", "confusion", "mistakes")) {
            run.add(key, JsonNull.INSTANCE);
        }
        run.add("metrics", object("initial_loss", 2.3187));
        run.add("progress", object("epoch", epochs, "epochs", 30, "step", epochs * 40, "steps", 1200));
        return run;
    }

    /** A regression: no classes, no accuracy, no pictures. */
    static JsonObject regression() {
        JsonObject run = healthy(30, 0);
        run.addProperty("name", "housing_regression");
        return run;
    }

    /** Two features, five classes: a plane in which the class goes round with the angle. */
    static JsonObject plane() {
        JsonObject run = healthy(10, 5);
        run.addProperty("name", "plane");
        run.add("filters", JsonNull.INSTANCE);
        JsonArray classes = new JsonArray();
        for (int i = 0; i < 96 * 96; i++) {
            classes.add(sector(i % 96 - 47.5, i / 96 - 47.5));
        }
        JsonArray points = new JsonArray();
        Random random = new Random(11);
        for (int i = 0; i < 200; i++) {
            JsonArray point = new JsonArray();
            point.add(8 * random.nextDouble() - 4);
            point.add(8 * random.nextDouble() + 16);
            point.add(sector(point.get(0).getAsDouble(), point.get(1).getAsDouble() - 20));
            points.add(point);
        }
        JsonObject regions = object("width", 96, "height", 96);
        regions.add("x", array(new JsonPrimitive(-5), new JsonPrimitive(5)));
        regions.add("y", array(new JsonPrimitive(15), new JsonPrimitive(25)));
        regions.add("classes", classes);
        regions.add("points", points);
        run.add("regions", regions);
        return run;
    }

    private static int sector(double x, double y) {
        return (int) (5 * (Math.atan2(y, x) + Math.PI) / (2 * Math.PI + 1e-9));
    }

    /** Stopped by the check-up: findings and no epoch. */
    static JsonObject failed() {
        JsonObject run = head("zero_weights", "failed", 3, "the check-up failed: symmetric_init");
        run.add("metrics", object("initial_loss", 2.302585));
        run.add("stages", array(stage("prepare", "succeeded", 0.31), stage("check", "failed", 1.27)));
        run.add(
                "findings",
                array(
                        finding(
                                "symmetric_init",
                                "fail",
                                "check",
                                "dense_1.weight",
                                0,
                                "> 0",
                                "all units of dense_1.weight have the same first weights; they compute the same, get the"
                                        + " same gradient and stay the same, as if there were one of them",
                                "draw the first weights at random: an initializer such as he or xavier at model[0]",
                                "CS231n lecture 6, weight initialization: symmetry never breaks"),
                        finding(
                                "blocked_gradient",
                                "fail",
                                "check",
                                "dense_2.weight",
                                0,
                                "> 0",
                                "the gradient of dense_2.weight and 1 more is zero in every step",
                                "see symmetric_init",
                                "CS231n lecture 6"),
                        finding(
                                "uncentred_input",
                                "warn",
                                "check",
                                null,
                                0.61,
                                "> 0.2",
                                "the mean of the input is far from zero, as seen from its spread",
                                "preprocess: [zero_mean]",
                                "LeCun et al. 1998, Efficient BackProp, 4.3")));
        run.add("checks", checks("fail"));
        return run;
    }

    /** Diverges: curves with NaN and Infinity in them, findings of the training. */
    static JsonObject diverging() {
        JsonObject run = healthy(8, 10);
        run.addProperty("name", "rate_too_high");
        run.addProperty("status", "failed");
        run.addProperty("exit", 4);
        run.addProperty("cause", "a monitor stopped the training: diverging");
        for (String key : List.of("confusion", "mistakes", "filters")) {
            run.add(key, JsonNull.INSTANCE);
        }
        run.add("metrics", object("initial_loss", 2.3187, "train_loss", Double.NaN, "validation_loss", Double.NaN));
        JsonObject epochs = run.getAsJsonObject("epochs");
        epochs.add("train_loss", values(8, i -> i < 6 ? 2.3 * Math.pow(7, i) : Double.NaN));
        epochs.add("validation_loss", values(8, i -> i < 5 ? 2.3 * Math.pow(8, i) : Double.POSITIVE_INFINITY));
        epochs.add("train_accuracy", values(8, i -> 0.1 + 0.02 * Math.sin(i)));
        epochs.add("validation_accuracy", values(8, i -> 0.1 + 0.03 * Math.cos(i)));
        int samples = run.getAsJsonObject("samples").getAsJsonArray("step").size();
        Random random = new Random(5);
        run.getAsJsonObject("samples")
                .add(
                        "loss",
                        values(
                                samples,
                                i -> i < 0.8 * samples
                                        ? 2.3 * Math.exp(12.0 * i / samples + 0.3 * random.nextGaussian())
                                        : i % 2 == 0 ? Double.NaN : Double.POSITIVE_INFINITY));
        run.getAsJsonObject("samples")
                .add(
                        "gradient_norm",
                        values(samples, i -> i < 0.8 * samples ? Math.exp(20.0 * i / samples) : Double.NaN));
        for (JsonElement layer : run.getAsJsonArray("layers")) {
            layer.getAsJsonObject().add("dead", values(samples, i -> Math.min(0.97, 0.05 + 1.4 * i / samples)));
        }
        run.add(
                "findings",
                array(
                        finding(
                                "diverging",
                                "fail",
                                "train",
                                null,
                                Double.POSITIVE_INFINITY,
                                "> 3 × 2.319",
                                "the loss has risen to more than three times what it was before the first step",
                                "a learning rate ten times smaller: optimizer.learning_rate=1.0e-2",
                                "CS231n lecture 7, babysitting the learning process"),
                        finding(
                                "dead_units",
                                "warn",
                                "train",
                                "conv2d_2",
                                0.83,
                                "> 0.5",
                                "83 % of the units of conv2d_2 gave zero for each of 512 rows; they learn nothing any more",
                                "a smaller learning rate, or leaky_relu at model[2]",
                                "CS231n lecture 6, dying ReLU"),
                        finding(
                                "update_ratio",
                                "warn",
                                "train",
                                "dense_1.weight",
                                0.21,
                                "outside [1e-05, 0.1]",
                                "the updates of dense_1.weight are large beside the weight itself",
                                "a smaller learning rate",
                                "CS231n lecture 7, ratio of weight updates to weights"),
                        finding(
                                "overfitting",
                                "info",
                                "train",
                                null,
                                0.14,
                                "> 0.1",
                                "the training loss falls while the validation loss rises",
                                "regularization: {l2: 1.0e-4}, or dropout",
                                "CS231n lecture 7")));
        return run;
    }

    /** Three runs of one experiment with another learning rate and size each, one of which diverges. */
    static List<JsonObject> several() {
        JsonObject small = healthy();
        JsonObject large = healthy(14, 10);
        JsonObject bad = diverging();
        small.addProperty("run", "small");
        large.addProperty("run", "large");
        bad.addProperty("run", "bad");
        large.addProperty("definition", text(small, "definition").replace("filters: 32", "filters: 64"));
        bad.addProperty(
                "definition", text(small, "definition").replace("2.0e-3", "2.0e-1") + "checks: {activations: false}\n");
        large.getAsJsonObject("metrics").addProperty("test_accuracy", 0.9951);
        large.getAsJsonObject("metrics").addProperty("test_loss", 0.0163);
        return List.of(small, large, bad);
    }

    private static String text(JsonObject object, String key) {
        return object.get(key).getAsString();
    }

    /** Names, classes and texts that would break out of their places, were they put in as markup. */
    static JsonObject hostile() {
        JsonObject run = healthy(4, 10);
        String markup = "</script><img src=x onerror=\"document.title='broken'\"><b>&amp; \u2028 ${x} {{data}}";
        run.addProperty("name", markup);
        run.addProperty("cause", markup);
        run.addProperty("definition", "name: " + markup + "\n<!-- <script>\n");
        JsonArray classes = new JsonArray();
        IntStream.range(0, 10).forEach(i -> classes.add(markup + i));
        run.add("classes", classes);
        run.add("findings", array(finding(markup, "fail", "train", markup, 1, markup, markup, markup, markup)));
        return run;
    }

    private static JsonObject head(String name, String status, Integer exit, String cause) {
        JsonObject run = new JsonObject();
        run.addProperty("name", name);
        run.addProperty("run", name + "-20261125-152711");
        run.addProperty("status", status);
        run.addProperty("exit", exit);
        run.addProperty("cause", cause);
        run.addProperty("started", "2026-11-25T15:27:11Z");
        run.addProperty("finished", "2026-11-25T15:31:05Z");
        run.addProperty("live", false);
        run.addProperty("seed", 231);
        run.add("progress", JsonNull.INSTANCE);
        run.add("findings", new JsonArray());
        run.addProperty("definition", """
                name: %s
                seed: 231
                data:
                  type: mnist
                  validation: 0.05
                preprocess:
                  - type: zero_mean
                  - type: scale
                    factor: 0.0078125
                model:
                  - type: conv2d
                    filters: 32
                    kernel: 5
                    initializer: {type: he}
                    normalization: {type: batch, momentum: 0.9, epsilon: 1.0e-5}
                    activation: {type: relu}
                  - type: max_pool2d
                    size: 2
                  - type: dense
                    units: 10
                loss: {type: softmax_cross_entropy, label_smoothing: 0.0}
                optimizer: {type: adam, learning_rate: 2.0e-3, beta1: 0.9, beta2: 0.999, epsilon: 1.0e-8}
                schedule: {type: cosine, warmup: 0, final: 0.0}
                training: {epochs: 20, batch_size: 64, threads: 2}
                """.formatted(name));
        JsonArray plugins = new JsonArray();
        for (String plugin : List.of("activations", "checks", "data", "layers", "losses", "optimizers")) {
            plugins.add(object(
                    "name",
                    "nurture-" + plugin,
                    "version",
                    "1.0",
                    "jar",
                    "nurture-" + plugin + "-1.0.jar",
                    "sha256",
                    sha(plugin.hashCode())));
        }
        JsonObject provenance = object(
                "nurture",
                "1.0",
                "java",
                object("version", "17.0.13", "vendor", "Debian", "vm", "OpenJDK 64-Bit Server VM 17.0.13+11"),
                "os",
                object("name", "Linux", "version", "6.1.0", "arch", "amd64"),
                "processors",
                2,
                "blas",
                "OpenBLAS 0.3.31, linux-x86_64, Cooperlake kernels, one thread",
                "threads",
                2,
                "definition_sha256",
                sha(1),
                "data_sha256",
                sha(2));
        provenance.add("plugins", plugins);
        run.add("provenance", provenance);
        return run;
    }

    private static JsonObject healthy(int epochs, int classes) {
        boolean regression = classes == 0;
        Random random = new Random(231);
        JsonObject run = head("mnist_cnn", "succeeded", 0, null);
        run.add(
                "stages",
                array(
                        stage("prepare", "succeeded", 1.83),
                        stage("check", "succeeded", 6.42),
                        stage("train", "succeeded", 221.9),
                        stage("evaluate", "succeeded", 3.86)));
        run.add("checks", checks("pass"));
        JsonObject metrics = object("initial_loss", 2.3187, "train_loss", 0.0189, "validation_loss", 0.0297);
        if (!regression) {
            metrics.addProperty("train_accuracy", 0.9951);
            metrics.addProperty("validation_accuracy", 0.9923);
        }
        metrics.addProperty("test_loss", 0.0191);
        if (!regression) {
            metrics.addProperty("test_accuracy", 0.9944);
        }
        metrics.addProperty("epochs", epochs);
        metrics.addProperty("best_epoch", Math.max(1, epochs - 3));
        run.add("metrics", metrics);

        int steps = 40;
        JsonObject table = new JsonObject();
        table.add("epoch", values(epochs, i -> i + 1));
        table.add("step", values(epochs, i -> (i + 1) * steps));
        table.add("learning_rate", values(epochs, i -> rate((double) (i + 1) / epochs)));
        table.add("train_loss", values(epochs, i -> 0.02 + 1.2 * Math.exp(-0.35 * i) + 0.01 * random.nextDouble()));
        table.add("train_accuracy", values(epochs, i -> regression ? ABSENT : 0.996 - 0.4 * Math.exp(-0.4 * i)));
        table.add("validation_loss", values(epochs, i -> 0.05 + 0.6 * Math.exp(-0.4 * i) + 0.03 * random.nextDouble()));
        table.add(
                "validation_accuracy",
                values(
                        epochs,
                        i -> regression ? ABSENT : 0.985 - 0.2 * Math.exp(-0.4 * i) + 0.004 * random.nextDouble()));
        table.add("seconds", values(epochs, i -> 10 + random.nextDouble()));
        table.add("samples_per_second", values(epochs, i -> i == 0 ? 4300 : 5400 + 400 * random.nextDouble()));
        run.add("epochs", table);

        int samples = Math.max(20, epochs * 20);
        IntToDoubleFunction time = i -> (double) i / samples;
        JsonObject sampled = new JsonObject();
        sampled.add("step", values(samples, i -> 1 + i * epochs * steps / samples));
        sampled.add(
                "loss",
                values(
                        samples,
                        i -> (0.02 + 2.2 * Math.exp(-8 * time.applyAsDouble(i)))
                                * Math.exp(0.35 * random.nextGaussian())));
        sampled.add(
                "gradient_norm",
                values(
                        samples,
                        i -> (0.2 + 2 * Math.exp(-5 * time.applyAsDouble(i))) * Math.exp(0.3 * random.nextGaussian())));
        sampled.add("learning_rate", values(samples, i -> rate(time.applyAsDouble(i))));
        run.add("samples", sampled);

        JsonArray layers = new JsonArray();
        for (int l = 0; l < LAYERS.size(); l++) {
            int at = l;
            boolean rectified =
                    LAYERS.get(l).startsWith("conv") || LAYERS.get(l).equals("dense_1");
            JsonObject layer = object("name", LAYERS.get(l), "path", "model[" + l + "]");
            layer.add(
                    "mean",
                    values(samples, i -> 0.1 * at * time.applyAsDouble(i) + 0.3 + 0.02 * random.nextGaussian()));
            layer.add(
                    "std",
                    values(samples, i -> 0.6 + 0.08 * at + 0.3 * time.applyAsDouble(i) + 0.02 * random.nextGaussian()));
            layer.add("saturated", values(samples, i -> ABSENT));
            layer.add("dead", values(samples, i -> rectified ? 0.02 * at * time.applyAsDouble(i) : ABSENT));
            layer.add(
                    "gradient",
                    values(
                            samples,
                            i -> 1e-4 * (at + 1) * Math.exp(-3 * time.applyAsDouble(i) + 0.2 * random.nextGaussian())));
            layers.add(layer);
        }
        run.add("layers", layers);
        JsonArray tensors = new JsonArray();
        for (int t = 0; t < TENSORS.size(); t++) {
            int at = t;
            String name = TENSORS.get(t);
            JsonObject tensor = object(
                    "name", name, "layer", name.substring(0, name.indexOf('.')), "weight", name.endsWith("weight"));
            tensor.add("norm", values(samples, i -> 4 + at + 1.5 * time.applyAsDouble(i)));
            tensor.add(
                    "gradient_norm",
                    values(
                            samples,
                            i -> 0.1 * (at + 1) * Math.exp(-2 * time.applyAsDouble(i) + 0.3 * random.nextGaussian())));
            tensor.add(
                    "update_ratio",
                    values(
                            samples,
                            i -> i == 0
                                    ? ABSENT
                                    : 2e-3
                                                    * rate(time.applyAsDouble(i))
                                                    / 2e-3
                                                    * Math.exp(0.25 * random.nextGaussian() - 0.2 * at)
                                            + 1e-6));
            tensors.add(tensor);
        }
        run.add("tensors", tensors);

        JsonArray histograms = new JsonArray();
        for (int epoch = 0; epoch <= epochs; epoch += Math.max(1, epochs / 5)) {
            double grown = 1 + 0.8 * epoch / epochs;
            JsonArray ofLayers = new JsonArray();
            for (String name : LAYERS) {
                boolean rectified = !name.equals("dense_3");
                ofLayers.add(histogram(name, rectified ? 0 : -4 * grown, 4 * grown, rectified, random));
            }
            JsonArray ofTensors = new JsonArray();
            for (String name : TENSORS) {
                if (name.endsWith("weight")) {
                    ofTensors.add(histogram(name, -0.3 * grown, 0.3 * grown, false, random));
                }
            }
            JsonObject entry = object("epoch", epoch);
            entry.add("layers", ofLayers);
            entry.add("tensors", ofTensors);
            histograms.add(entry);
        }
        run.add("histograms", histograms);
        run.add("classes", JsonNull.INSTANCE);
        run.add("confusion", JsonNull.INSTANCE);
        run.add("mistakes", JsonNull.INSTANCE);
        run.add("filters", JsonNull.INSTANCE);
        if (!regression) {
            pictures(run, classes, random);
        }
        return run;
    }

    private static void pictures(JsonObject run, int classes, Random random) {
        JsonArray names = new JsonArray();
        JsonArray counts = new JsonArray();
        for (int label = 0; label < classes; label++) {
            names.add(classes > 10 ? "class_" + label : String.valueOf(label));
            int[] row = new int[classes];
            row[label] = 970 + random.nextInt(60);
            for (int i = 0; i < 6; i++) {
                row[random.nextInt(classes)] += random.nextInt(12);
            }
            JsonArray cells = new JsonArray();
            for (int count : row) {
                cells.add(count);
            }
            counts.add(cells);
        }
        run.add("classes", names);
        JsonObject confusion = object("split", "test");
        confusion.add("counts", counts);
        run.add("confusion", confusion);

        JsonArray mistakes = new JsonArray();
        for (int i = 0; i < 24; i++) {
            int label = random.nextInt(classes);
            int predicted = (label + 1 + random.nextInt(classes - 1)) % classes;
            double sure = 0.999 - 0.015 * i;
            JsonObject mistake = object("row", random.nextInt(10_000), "label", label, "predicted", predicted);
            mistake.add(
                    "probabilities",
                    values(
                            classes,
                            c -> c == predicted
                                    ? sure
                                    : c == label ? 0.8 * (1 - sure) : 0.2 * (1 - sure) / (classes - 2)));
            mistake.add("image", digit(label % 10, random));
            mistakes.add(mistake);
        }
        run.add("mistakes", mistakes);

        JsonArray images = new JsonArray();
        for (int f = 0; f < 32; f++) {
            double angle = Math.PI * f / 16;
            double phase = random.nextDouble() * 3;
            byte[] pixels = new byte[5 * 5];
            for (int p = 0; p < pixels.length; p++) {
                double wave = Math.sin((p % 5) * Math.cos(angle) * 1.3 + (p / 5) * Math.sin(angle) * 1.3 + phase);
                pixels[p] = (byte) Math.round(127.5 + 110 * wave + 15 * (random.nextDouble() - 0.5));
            }
            images.add(image(5, 1, pixels));
        }
        JsonObject filters = object("tensor", "conv2d_1.weight");
        filters.add("images", images);
        run.add("filters", filters);
    }

    private static double rate(double done) {
        return 1e-3 * (1 + Math.cos(Math.PI * done)) + 1e-6;
    }

    private static JsonObject histogram(String name, double from, double to, boolean rectified, Random random) {
        double skew = 0.4 * random.nextGaussian();
        JsonObject histogram = object("name", name, "from", from, "to", to);
        histogram.add("counts", values(40, i -> {
            double x = rectified ? i / 12.0 : (i - 19.5) / 7 + skew;
            double peak = rectified && i == 0 ? 9000 : 0;
            return Math.round(peak + 1500 * Math.exp(-x * x / 2) * (0.93 + 0.14 * random.nextDouble()));
        }));
        return histogram;
    }

    private static JsonObject digit(int digit, Random random) {
        int size = 28;
        int[][] strokes = {
            {8, 5, 20, 5},
            {8, 5, 8, 14},
            {20, 5, 20, 14},
            {8, 14, 20, 14},
            {8, 14, 8, 23},
            {20, 14, 20, 23},
            {8, 23, 20, 23}
        };
        double slant = 0.3 * random.nextGaussian();
        byte[] pixels = new byte[size * size];
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                double nearest = 100;
                for (int s = 0; s < strokes.length; s++) {
                    if (STROKES[digit].charAt(s) == '1') {
                        nearest = Math.min(nearest, distance(x + slant * (y - 14), y, strokes[s]));
                    }
                }
                pixels[y * size + x] = (byte) Math.round(255 * Math.max(0, Math.min(1, 2.2 - nearest)));
            }
        }
        return image(size, 1, pixels);
    }

    private static double distance(double x, double y, int[] stroke) {
        double nearX = Math.max(stroke[0], Math.min(stroke[2], x));
        double nearY = Math.max(stroke[1], Math.min(stroke[3], y));
        return Math.hypot(x - nearX, y - nearY);
    }

    private static JsonObject image(int size, int channels, byte[] pixels) {
        return object(
                "width",
                size,
                "height",
                size,
                "channels",
                channels,
                "pixels",
                Base64.getEncoder().encodeToString(pixels));
    }

    private static JsonArray checks(String worst) {
        JsonArray checks = new JsonArray();
        for (String name : List.of(
                "activations",
                "batch_order",
                "class_balance",
                "evaluation",
                "features",
                "first_weights",
                "gradient",
                "gradient_flow",
                "initial_loss",
                "input_use",
                "learning_rate_range",
                "overfit_subset",
                "regularization")) {
            String result = worst.equals("fail") && (name.equals("first_weights") || name.equals("gradient_flow"))
                    ? "fail"
                    : worst.equals("fail") && name.equals("features") ? "warn" : "pass";
            checks.add(object("check", name, "result", result, "seconds", 0.01 * name.length()));
        }
        return checks;
    }

    private static JsonObject stage(String name, String status, double seconds) {
        return object("name", name, "status", status, "seconds", seconds);
    }

    private static JsonObject finding(
            String fault,
            String severity,
            String phase,
            String subject,
            double measured,
            String threshold,
            String message,
            String advice,
            String source) {
        return object(
                "fault",
                fault,
                "severity",
                severity,
                "phase",
                phase,
                "subject",
                subject,
                "measured",
                measured,
                "threshold",
                threshold,
                "message",
                message,
                "advice",
                advice,
                "source",
                source);
    }

    private static String sha(int seed) {
        byte[] bytes = new byte[32];
        new Random(seed).nextBytes(bytes);
        StringBuilder hex = new StringBuilder();
        for (byte b : bytes) {
            hex.append("%02x".formatted(b));
        }
        return hex.toString();
    }

    private static JsonArray values(int count, IntToDoubleFunction value) {
        JsonArray array = new JsonArray();
        IntStream.range(0, count).mapToDouble(value).forEach(v -> array.add(json(v)));
        return array;
    }

    private static JsonArray array(JsonElement... elements) {
        JsonArray array = new JsonArray();
        for (JsonElement element : elements) {
            array.add(element);
        }
        return array;
    }

    private static JsonObject object(Object... keysAndValues) {
        JsonObject object = new JsonObject();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            object.add((String) keysAndValues[i], json(keysAndValues[i + 1]));
        }
        return object;
    }

    private static JsonElement json(Object value) {
        if (value == null) {
            return JsonNull.INSTANCE;
        }
        if (value instanceof JsonElement element) {
            return element;
        }
        if (value instanceof Number number) {
            double v = number.doubleValue();
            return v == ABSENT
                    ? JsonNull.INSTANCE
                    : Double.isFinite(v) ? new JsonPrimitive(number) : new JsonPrimitive(String.valueOf(v));
        }
        return value instanceof Boolean truth ? new JsonPrimitive(truth) : new JsonPrimitive(value.toString());
    }
}
