package dev.nurture.monitoring;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A message in protobuf's wire format, read without knowing what it is: values by the number of their field. */
final class Wire {
    /** @param value of type {@code Long}, {@code Double}, {@code Float} or {@code byte[]} */
    private record Field(int number, Object value) {}

    private final List<Field> fields = new ArrayList<>();

    private Wire() {}

    /** Reads a message, which must be whole. */
    static Wire read(byte[] message) {
        ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
        Wire wire = new Wire();
        while (in.hasRemaining()) {
            long tag = varint(in);
            wire.fields.add(new Field(
                    Math.toIntExact(tag >>> 3),
                    switch ((int) (tag & 7)) {
                        case 0 -> varint(in);
                        case 1 -> in.getDouble();
                        case 2 -> {
                            byte[] bytes = new byte[Math.toIntExact(varint(in))];
                            in.get(bytes);
                            yield bytes;
                        }
                        case 5 -> in.getFloat();
                        default -> throw new AssertionError("no such type: " + (tag & 7));
                    }));
        }
        return wire;
    }

    static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = in.get();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new AssertionError("a varint of more than 10 bytes");
    }

    List<Integer> numbers() {
        return fields.stream().map(Field::number).toList();
    }

    /** Returns the values of a field, which must be of that type. */
    <T> List<T> all(int number, Class<T> type) {
        return fields.stream()
                .filter(field -> field.number == number)
                .map(field -> type.cast(field.value))
                .toList();
    }

    /** Returns the value of a field that must be there once. */
    <T> T one(int number, Class<T> type) {
        List<T> all = all(number, type);
        if (all.size() != 1) {
            throw new AssertionError("field " + number + " is there " + all.size() + " times");
        }
        return all.get(0);
    }

    String text(int number) {
        return new String(one(number, byte[].class), StandardCharsets.UTF_8);
    }

    List<Wire> messages(int number) {
        return all(number, byte[].class).stream().map(Wire::read).toList();
    }
}
