package dev.nurture.run;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/**
 * A disk in memory that knows what of it would survive. After a kill everything that was written is there. After a loss
 * of power only what was forced is sure to be: of the changes to the names in a folder since it was forced any may be
 * missing, and what was written to a file since that was forced may be missing, cut, or zeros.
 */
public final class CrashDisk implements Storage {
    /** Of more changes than this not every choice is tried, but all, none, the first ones, and all but one. */
    private static final int MOST_CHOSEN = 6;

    /** Files by name; a file that was moved is the same under another name. */
    private final Map<Path, Content> files = new TreeMap<>();

    private final Set<Path> folders = new TreeSet<>();
    private final Map<Path, Content> durable = new TreeMap<>();
    private final List<NameChange> pending = new ArrayList<>();
    private Consumer<CrashDisk> watcher = disk -> {};
    private long changes;

    /** What is in a file, and what is sure to be. */
    private static final class Content {
        private byte[] written = {};
        private byte[] forced = {};

        private boolean dirty() {
            return written != forced;
        }

        /** Returns what a loss of power could leave. */
        private List<byte[]> leftovers() {
            if (!dirty()) {
                return List.of(forced);
            }
            List<byte[]> all = new ArrayList<>(List.of(forced, written));
            int same = Math.max(0, Arrays.mismatch(forced, written));
            for (int cut : new int[] {same, (same + written.length) / 2, written.length - 1}) {
                if (cut >= same && cut < written.length) {
                    all.add(Arrays.copyOf(written, cut));
                    all.add(Arrays.copyOf(Arrays.copyOf(written, cut), written.length));
                }
            }
            return all;
        }
    }

    /** A change to names: one that goes, one that comes, or both at once. */
    private record NameChange(Path gone, Path come, Content content) {
        private boolean in(Path folder) {
            return gone != null && folder.equals(gone.getParent()) || come != null && folder.equals(come.getParent());
        }

        private void apply(Map<Path, Content> names) {
            if (gone != null) {
                names.remove(gone);
            }
            if (come != null) {
                names.put(come, content);
            }
        }
    }

    /** Lets somebody look before each change, and once more when {@link #look} is called. */
    public void watch(Consumer<CrashDisk> watcher) {
        this.watcher = watcher;
    }

    public void look() {
        watcher.accept(this);
    }

    /** Returns how many changes were made. */
    public long changes() {
        return changes;
    }

    private void change() {
        look();
        changes++;
    }

    /** Returns the disk as a kill would leave it now. */
    public CrashDisk afterKill() {
        CrashDisk left = new CrashDisk();
        left.folders.addAll(folders);
        Map<Content, Content> copies = new LinkedHashMap<>();
        files.forEach((path, content) -> left.files.put(path, copies.computeIfAbsent(content, CrashDisk::settled)));
        left.durable.putAll(left.files);
        return left;
    }

    private static Content settled(Content content) {
        return settled(content.written);
    }

    private static Content settled(byte[] bytes) {
        Content settled = new Content();
        settled.written = bytes;
        settled.forced = bytes;
        return settled;
    }

    /** Gives every disk that a loss of power could leave now, each of them once. */
    public void afterPowerLoss(Consumer<CrashDisk> state) {
        Set<String> seen = new HashSet<>();
        for (List<NameChange> kept : choices(pending)) {
            Map<Path, Content> names = new TreeMap<>(durable);
            kept.forEach(change -> change.apply(names));
            contents(names, left -> {
                if (seen.add(left.fingerprint())) {
                    state.accept(left);
                }
            });
        }
    }

    private static List<List<NameChange>> choices(List<NameChange> changes) {
        List<List<NameChange>> choices = new ArrayList<>();
        int count = changes.size();
        if (count <= MOST_CHOSEN) {
            for (int bits = 0; bits < 1 << count; bits++) {
                List<NameChange> kept = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    if ((bits >> i & 1) != 0) {
                        kept.add(changes.get(i));
                    }
                }
                choices.add(kept);
            }
            return choices;
        }
        for (int i = 0; i <= count; i++) {
            choices.add(changes.subList(0, i));
            if (i < count) {
                List<NameChange> butOne = new ArrayList<>(changes);
                butOne.remove(i);
                choices.add(butOne);
            }
        }
        return choices;
    }

    /** Tries what may be left of each file, those of all others being whole, and being as they were forced. */
    private void contents(Map<Path, Content> names, Consumer<CrashDisk> state) {
        state.accept(left(names, null, null, true));
        state.accept(left(names, null, null, false));
        for (Map.Entry<Path, Content> name : names.entrySet()) {
            if (name.getValue().dirty()) {
                for (byte[] leftover : name.getValue().leftovers()) {
                    state.accept(left(names, name.getKey(), leftover, true));
                    state.accept(left(names, name.getKey(), leftover, false));
                }
            }
        }
    }

    private CrashDisk left(Map<Path, Content> names, Path one, byte[] leftover, boolean written) {
        CrashDisk left = new CrashDisk();
        left.folders.addAll(folders);
        names.forEach((path, content) -> {
            byte[] bytes = path.equals(one) ? leftover : written ? content.written : content.forced;
            left.files.put(path, settled(bytes));
        });
        left.durable.putAll(left.files);
        return left;
    }

    /** Returns what is on it, as a short text that is another for anything else. */
    public String fingerprint() {
        StringBuilder all = new StringBuilder();
        files.forEach((path, content) ->
                all.append(path).append(' ').append(Sha256.hex(content.written)).append('\n'));
        return Sha256.hex(all.toString());
    }

    /** Returns the text of a file. */
    public String text(Path file) throws IOException {
        return new String(content(file).written, StandardCharsets.UTF_8);
    }

    private static Path key(Path path) {
        return path.toAbsolutePath().normalize();
    }

    private Content content(Path file) throws IOException {
        Content content = files.get(key(file));
        if (content == null) {
            throw new NoSuchFileException(file.toString());
        }
        return content;
    }

    private void rename(NameChange change) {
        change.apply(files);
        pending.add(change);
    }

    @Override
    public Output create(Path file) throws IOException {
        change();
        if (exists(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        if (!isFolder(key(file).getParent())) {
            throw new FileNotFoundException(file.toString());
        }
        Content content = new Content();
        rename(new NameChange(null, key(file), content));
        return new Writing(content);
    }

    @Override
    public Output append(Path file, long length) throws IOException {
        change();
        Content content = content(file);
        if (content.written.length < length) {
            throw new IOException(file + " is too short");
        }
        if (content.written.length > length) {
            content.written = Arrays.copyOf(content.written, (int) length);
        }
        return new Writing(content);
    }

    @Override
    public SeekableByteChannel read(Path file) throws IOException {
        return new SeekableInMemoryByteChannel(content(file).written.clone());
    }

    @Override
    public List<Path> list(Path folder) {
        List<Path> found = new ArrayList<>();
        for (Set<Path> paths : List.of(files.keySet(), folders)) {
            paths.stream()
                    .filter(path -> key(folder).equals(path.getParent()))
                    .map(path -> folder.resolve(path.getFileName()))
                    .forEach(found::add);
        }
        found.sort(null);
        return found;
    }

    @Override
    public boolean exists(Path path) {
        return files.containsKey(key(path)) || isFolder(path);
    }

    /** Folders are made durable at once: a loss of theirs is one of all that is in them. */
    @Override
    public boolean isFolder(Path path) {
        return folders.contains(key(path));
    }

    @Override
    public void createFolder(Path folder) throws IOException {
        change();
        if (exists(folder)) {
            throw new FileAlreadyExistsException(folder.toString());
        }
        folders.add(key(folder));
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        change();
        rename(new NameChange(key(from), key(to), content(from)));
    }

    @Override
    public void delete(Path path) throws IOException {
        change();
        if (!folders.remove(key(path))) {
            content(path);
            rename(new NameChange(key(path), null, null));
        }
    }

    @Override
    public void force(Path folder) {
        change();
        pending.removeIf(change -> {
            boolean in = change.in(key(folder));
            if (in) {
                change.apply(durable);
            }
            return in;
        });
    }

    private final class Writing implements Output {
        private final Content content;

        Writing(Content content) {
            this.content = content;
        }

        @Override
        public void write(ByteBuffer bytes) {
            change();
            byte[] longer = Arrays.copyOf(content.written, content.written.length + bytes.remaining());
            bytes.get(longer, content.written.length, bytes.remaining());
            content.written = longer;
        }

        @Override
        public void force() {
            change();
            content.forced = content.written;
        }

        @Override
        public void close() {}
    }
}
