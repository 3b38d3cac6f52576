package dev.nurture.reproduce;

import dev.nurture.run.Checkpoint;
import dev.nurture.run.DecisiveProvenance;
import dev.nurture.run.HexBits;
import dev.nurture.spi.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares two checkpoints bit for bit, but for what they say of what they were made with. */
final class CheckpointComparison {
    private static final String NOT_THERE = "not there";

    private CheckpointComparison() {}

    /** Returns the first difference: of tensors, in their order, or where these are the same, of the metadata. */
    static Optional<Difference> first(Checkpoint was, Checkpoint is, int epoch, String where) {
        for (Map.Entry<String, Checkpoint.Tensor> tensor : was.tensors().entrySet()) {
            Optional<Difference> difference = first(
                    tensor.getValue(), is.tensors().get(tensor.getKey()), epoch, where, "tensor " + tensor.getKey());
            if (difference.isPresent()) {
                return difference;
            }
        }
        for (String name : is.tensors().keySet()) {
            if (!was.tensors().containsKey(name)) {
                return Optional.of(new Difference(epoch, where, "tensor " + name, NOT_THERE, "there"));
            }
        }
        List<String> keys = new ArrayList<>(was.metadata().keySet());
        is.metadata().keySet().stream().filter(key -> !keys.contains(key)).forEach(keys::add);
        for (String key : keys) {
            String before = was.metadata().getOrDefault(key, NOT_THERE);
            String now = is.metadata().getOrDefault(key, NOT_THERE);
            if (!DecisiveProvenance.isOf(key) && !before.equals(now)) {
                return Optional.of(new Difference(epoch, where, "metadata " + key, before, now));
            }
        }
        return Optional.empty();
    }

    private static Optional<Difference> first(
            Checkpoint.Tensor was, Checkpoint.Tensor is, int epoch, String where, String name) {
        if (is == null || !was.shape().equals(is.shape())) {
            String now = is == null ? NOT_THERE : "a tensor of " + is.shape();
            return Optional.of(new Difference(epoch, where, name, "a tensor of " + was.shape(), now));
        }
        int different = 0;
        int first = -1;
        for (int i = 0; i < was.values().length; i++) {
            if (Float.floatToRawIntBits(was.values()[i]) != Float.floatToRawIntBits(is.values()[i])) {
                first = different++ == 0 ? i : first;
            }
        }
        if (first < 0) {
            return Optional.empty();
        }
        String what = name + " (" + different + " of " + was.values().length + " values, the first at "
                + index(was.shape(), first) + ")";
        return Optional.of(new Difference(epoch, where, what, value(was.values()[first]), value(is.values()[first])));
    }

    private static String index(Shape shape, int flat) {
        int[] extents = shape.toArray();
        List<Integer> index = new ArrayList<>();
        for (int i = extents.length - 1, rest = flat; i >= 0; rest /= extents[i--]) {
            index.add(0, rest % extents[i]);
        }
        return index.toString();
    }

    private static String value(float value) {
        return value + " (" + HexBits.of(value) + ")";
    }
}
