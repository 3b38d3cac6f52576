package dev.nurture.compute;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;
import dev.ludovic.netlib.blas.NativeBLAS;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The BLAS in use. OpenBLAS out of the class path, loaded once a process; where that cannot be, a Java version, some
 * twenty times slower.
 *
 * @param description for people and for the run's record
 * @param optimized whether it is the native one
 * @param warning what a user must know about it, or empty
 */
public record BlasLibrary(BLAS blas, String description, boolean optimized, Optional<String> warning) {
    /** In the order in which the loader needs them; those that a platform does not have are passed over. */
    private static final List<String> LINUX =
            List.of("libgcc_s.so.1", "libquadmath.so.0", "libgfortran.so.5", "libopenblas.so.0");

    private static final List<String> MAC =
            List.of("libgcc_s.1.1.dylib", "libquadmath.0.dylib", "libgfortran.5.dylib", "libopenblas.0.dylib");

    private static final List<String> WINDOWS = List.of("libopenblas.dll");

    /** Held, so that the level set on it lasts: the library reports its choice at level INFO on standard error. */
    private static final Logger NETLIB = Logger.getLogger("dev.ludovic.netlib.blas.InstanceBuilder");

    private static BlasLibrary loaded;

    /** Returns the BLAS of this process, loading it at the first call. */
    public static synchronized BlasLibrary load() {
        if (loaded == null) {
            loaded = loadOnce();
        }
        return loaded;
    }

    private static BlasLibrary loadOnce() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        List<String> libraries = system.contains("win") ? WINDOWS : system.contains("mac") ? MAC : LINUX;
        String platform = (system.contains("win") ? "windows" : system.contains("mac") ? "macosx" : "linux")
                + switch (System.getProperty("os.arch")) {
                    case "aarch64", "arm64" -> "-arm64";
                    default -> "-x86_64";
                };
        NETLIB.setLevel(Level.SEVERE);
        String missing;
        try {
            URL source = BlasLibrary.class.getResource(resource(platform, libraries.get(libraries.size() - 1)));
            if (source != null) {
                String version = version(source);
                Path library = unpack(platform, version, libraries);
                System.setProperty("dev.ludovic.netlib.blas.nativeLibPath", library.toString());
                return openBlas(NativeBLAS.getInstance(), version, platform);
            }
            missing = "no OpenBLAS for " + platform + " is on the class path";
        } catch (IOException | RuntimeException | LinkageError e) {
            missing = "OpenBLAS cannot be loaded: " + e.getMessage();
        }
        return new BlasLibrary(
                JavaBLAS.getInstance(),
                "Java BLAS (" + missing + ")",
                false,
                Optional.of("SLOW: " + missing + ". Matrix products run in Java, some 20 times slower."));
    }

    private static BlasLibrary openBlas(BLAS blas, String version, String platform) {
        String kernel = System.getenv("OPENBLAS_CORETYPE");
        String threads = System.getenv("OPENBLAS_NUM_THREADS");
        boolean single = "1".equals(threads);
        return new BlasLibrary(
                blas,
                "OpenBLAS " + version + ", " + platform + ", "
                        + (kernel == null ? "kernels of its own choice" : kernel + " kernels") + ", "
                        + (single ? "one thread" : threads == null ? "its own threads" : threads + " threads"),
                true,
                single
                        ? Optional.empty()
                        : Optional.of("OpenBLAS runs with threads of its own, so results may differ from run to run."
                                + " Set OPENBLAS_NUM_THREADS=1 before the process starts, as the launcher does."));
    }

    private static String resource(String platform, String library) {
        return "/org/bytedeco/openblas/" + platform + "/" + library;
    }

    /** Returns the version out of the jar's file name, {@code openblas-0.3.31-1.5.13-linux-x86_64.jar}. */
    private static String version(URL source) {
        String path = source.getPath();
        int start = path.lastIndexOf("/openblas-");
        int end = path.indexOf("-", start + 10);
        return start < 0 || end < 0 ? "unknown" : path.substring(start + 10, end);
    }

    /** Copies the libraries out of the jar into the user's cache, if they are not there yet, and loads them. */
    private static Path unpack(String platform, String version, List<String> libraries) throws IOException {
        Path folder = cache().resolve("openblas-" + version + "-" + platform);
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            folder = Files.createTempDirectory("nurture-openblas");
        }
        Path last = null;
        for (String library : libraries) {
            URL source = BlasLibrary.class.getResource(resource(platform, library));
            if (source == null) {
                continue;
            }
            Path target = folder.resolve(library);
            copy(source, target);
            if (library.startsWith("libgcc_s") && loads("gcc_s")) {
                continue;
            }
            System.load(target.toString());
            last = target;
        }
        return last;
    }

    private static Path cache() {
        String cache = System.getenv("XDG_CACHE_HOME");
        Path base =
                cache != null && !cache.isBlank() ? Path.of(cache) : Path.of(System.getProperty("user.home"), ".cache");
        return base.toAbsolutePath().resolve("nurture");
    }

    /** Tells whether the system has a library of its own: two copies of libgcc_s in one process do not agree on unwinding. */
    private static boolean loads(String name) {
        try {
            System.loadLibrary(name);
            return true;
        } catch (UnsatisfiedLinkError e) {
            return false;
        }
    }

    /** Several processes may start at once: each writes a file of its own and moves it into place whole. */
    private static void copy(URL source, Path target) throws IOException {
        URLConnection connection = source.openConnection();
        if (Files.exists(target) && Files.size(target) == connection.getContentLengthLong()) {
            connection.getInputStream().close();
            return;
        }
        Path part =
                Files.createTempFile(target.getParent(), target.getFileName().toString(), ".part");
        try (InputStream in = connection.getInputStream()) {
            Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
            try {
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException | FileAlreadyExistsException e) {
                Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
