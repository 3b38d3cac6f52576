package dev.nurture.contracts;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Looks into a part's fields, so that one which should be stateless and remembers something gives itself away. */
final class StateProbe {
    private static final int DEPTH = 8;

    private final Map<String, Object> values = new LinkedHashMap<>();
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private StateProbe() {}

    /** Returns every value that can be reached through the part's own fields and its class's, by path. */
    static Map<String, Object> look(Object part) {
        StateProbe probe = new StateProbe();
        probe.fields(part, part.getClass(), "", 0, true);
        return probe.values;
    }

    /**
     * Requires that nothing has changed since an earlier look.
     *
     * @param after what was done in between
     */
    static void requireUnchanged(Object part, Map<String, Object> before, String after) {
        Map<String, Object> now = look(part);
        for (Map.Entry<String, Object> entry : now.entrySet()) {
            Object was = before.get(entry.getKey());
            if (!entry.getValue().equals(was)) {
                throw new Violation(
                        "field " + entry.getKey() + " of " + part.getClass().getName() + " changes in " + after,
                        entry.getValue(),
                        was == null ? "as before" : was);
            }
        }
    }

    private void fields(Object object, Class<?> type, String path, int depth, boolean statics) {
        if (depth > DEPTH || type == null || type.getClassLoader() == null || !foreign(type)) {
            return;
        }
        for (Field field : type.getDeclaredFields()) {
            boolean isStatic = Modifier.isStatic(field.getModifiers());
            if (field.isSynthetic() || isStatic && !statics) {
                continue;
            }
            try {
                field.setAccessible(true);
                add(field.get(isStatic ? null : object), path + (path.isEmpty() ? "" : ".") + field.getName(), depth);
            } catch (IllegalAccessException | RuntimeException e) {
                // A field that cannot be read cannot be judged.
                continue;
            }
        }
        fields(object, type.getSuperclass(), path, depth, statics);
    }

    /** Tells whether a class is neither the JDK's nor a stand-in of this package. */
    private static boolean foreign(Class<?> type) {
        return !type.getName().startsWith("java.") && type.getPackage() != StateProbe.class.getPackage();
    }

    private void add(Object value, String path, int depth) {
        if (value == null
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof Character
                || value instanceof CharSequence
                || value instanceof Enum<?>) {
            values.put(path, value == null ? "null" : text(value));
            return;
        }
        if (!seen.add(value)) {
            return;
        }
        if (value.getClass().isArray()) {
            array(value, path, depth);
        } else if (value instanceof Collection<?> collection) {
            values.put(path + ".size", collection.size());
            int i = 0;
            for (Object item : collection) {
                add(item, path + "[" + i++ + "]", depth + 1);
            }
        } else if (value instanceof Map<?, ?> map) {
            values.put(path + ".size", map.size());
            map.forEach((key, item) -> add(item, path + "[" + key + "]", depth + 1));
        } else {
            fields(value, value.getClass(), path, depth + 1, false);
        }
    }

    private void array(Object array, String path, int depth) {
        int length = Array.getLength(array);
        if (array.getClass().getComponentType().isPrimitive()) {
            for (int i = 0; i < Math.min(length, 64); i++) {
                values.put(path + "[" + i + "]", text(Array.get(array, i)));
            }
            values.put(path, "content " + hash(array));
        } else {
            for (int i = 0; i < length; i++) {
                add(Array.get(array, i), path + "[" + i + "]", depth + 1);
            }
        }
    }

    private static int hash(Object array) {
        return Arrays.deepHashCode(new Object[] {array});
    }

    private static String text(Object value) {
        return value.toString();
    }
}
