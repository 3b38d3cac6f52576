package dev.nurture.observe;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import dev.nurture.model.Network;
import dev.nurture.model.Parameter;
import dev.nurture.spi.Shape;
import java.util.Base64;
import java.util.Optional;

/** Makes pictures of values that lie like an image's: each from its least, black, to its greatest, white. */
public final class Picture {
    private static final int MOST_FILTERS = 64;

    private Picture() {}

    private static boolean possible(Shape shape) {
        return shape.rank() == 3 && (shape.channels() == 1 || shape.channels() == 3);
    }

    /**
     * Returns a picture of values, channel after channel.
     *
     * @param from where they begin
     * @param step from one value to the next
     */
    static JsonElement json(float[] values, int from, int step, Shape shape) {
        if (!possible(shape)) {
            return JsonNull.INSTANCE;
        }
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < shape.size(); i++) {
            low = Math.min(low, values[from + i * step]);
            high = Math.max(high, values[from + i * step]);
        }
        byte[] pixels = new byte[shape.size()];
        int channels = shape.channels();
        for (int i = 0; i < shape.size(); i++) {
            float share = high > low ? (values[from + i * step] - low) / (high - low) : 0.5f;
            pixels[i % shape.plane() * channels + i / shape.plane()] = (byte) Math.round(255 * share);
        }
        JsonObject json = new JsonObject();
        json.addProperty("width", shape.extent(2));
        json.addProperty("height", shape.extent(1));
        json.addProperty("channels", channels);
        json.addProperty("pixels", Base64.getEncoder().encodeToString(pixels));
        return json;
    }

    /** Returns pictures of what the first layer looks for, if it is one whose weights lie like its input. */
    public static Optional<JsonObject> filters(Network network) {
        Network.Stage first = network.stages().get(0);
        return network.variables().parameters(first.name()).stream()
                .filter(Parameter::regularized)
                .findFirst()
                .flatMap(weight -> filters(weight, first.input()));
    }

    private static Optional<JsonObject> filters(Parameter weight, Shape input) {
        Shape shape = weight.variable().shape();
        if (!possible(input) || shape.rank() != 2) {
            return Optional.empty();
        }
        JsonArray images = new JsonArray();
        float[] values = weight.variable().value();
        if (shape.extent(0) == input.size()) {
            int units = shape.extent(1);
            for (int unit = 0; unit < Math.min(MOST_FILTERS, units); unit++) {
                images.add(json(values, unit, units, input));
            }
        } else {
            int side = (int) Math.round(Math.sqrt((double) shape.extent(1) / input.channels()));
            if (side < 2 || side * side * input.channels() != shape.extent(1)) {
                return Optional.empty();
            }
            Shape kernel = Shape.of(input.channels(), side, side);
            for (int filter = 0; filter < Math.min(MOST_FILTERS, shape.extent(0)); filter++) {
                images.add(json(values, filter * shape.extent(1), 1, kernel));
            }
        }
        JsonObject filters = new JsonObject();
        filters.addProperty("tensor", weight.name());
        filters.add("images", images);
        return Optional.of(filters);
    }
}
