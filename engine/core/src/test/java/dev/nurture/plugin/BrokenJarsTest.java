package dev.nurture.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nurture.spi.Activation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Jars with every kind of defect, each before, between and after two sound ones. */
class BrokenJarsTest {
    private static final String SERVICE = "META-INF/services/dev.nurture.spi.Plugin";
    private static final String AGAIN = "; copy or build it again";
    private static final String AUTHOR = "; that is for the plugin's author to mend";
    private static final int JAVA = Runtime.version().feature();

    @TempDir
    static Path built;

    @TempDir
    Path folder;

    private interface Builder {
        void writeTo(Path jar) throws IOException;
    }

    /**
     * A kind of broken jar.
     *
     * @param message what is said of it after its path
     */
    private record Defect(String name, Builder builder, String message) {
        /** Returns the jar, built when it is first asked for. */
        Path jar() throws IOException {
            Path jar = built.resolve("defects").resolve(name + ".jar");
            if (!Files.exists(jar)) {
                Files.createDirectories(jar.getParent());
                builder.writeTo(jar);
            }
            return jar;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static final List<Defect> DEFECTS = List.of(
            new Defect("empty file", jar -> Files.write(jar, new byte[0]), "not a readable jar: it is empty" + AGAIN),
            new Defect(
                    "no zip",
                    jar -> Files.writeString(jar, "a page that says: not found"),
                    "not a readable jar: it is no zip file" + AGAIN),
            new Defect(
                    "truncated", BrokenJarsTest::truncated, "not a readable jar: it is cut short or damaged" + AGAIN),
            new Defect(
                    "wrong checksum",
                    BrokenJarsTest::damaged,
                    "not a readable jar: its entry bad/Doubling.class is damaged" + AGAIN),
            new Defect(
                    "malformed manifest",
                    jar -> PluginJars.doubling("bad")
                            .attribute("Implementation-Title", "with\nbreak")
                            .writeTo(jar),
                    "not a readable jar: its META-INF/MANIFEST.MF is malformed or damaged" + AGAIN),
            new Defect(
                    "no service file",
                    jar -> PluginJars.doubling("bad").without(SERVICE).writeTo(jar),
                    "offers no plugin: it has no " + SERVICE
                            + "; add one that names the plugin's class, or put a library into one folder with its plugin"),
            new Defect(
                    "empty service file",
                    jar -> PluginJars.doubling("bad")
                            .file(SERVICE, "# nothing yet\n\n")
                            .writeTo(jar),
                    "offers no plugin: its " + SERVICE
                            + " names no class; have it name the class that implements dev.nurture.spi.Plugin"),
            new Defect(
                    "missing class",
                    jar -> PluginJars.doubling("bad")
                            .without("bad/Doubling.class")
                            .writeTo(jar),
                    "bad.Doubling, which its " + SERVICE
                            + " names, is not in it; correct the name or build the jar again"),
            new Defect(
                    "no plugin's class",
                    jar -> PluginJars.titled("bad")
                            .source("bad.Thing", "public class Thing { }")
                            .offering("bad.Thing")
                            .writeTo(jar),
                    "bad.Thing, which its " + SERVICE + " names, does not implement dev.nurture.spi.Plugin" + AUTHOR),
            new Defect(
                    "private constructor",
                    jar -> PluginJars.titled("bad")
                            .plugin("bad.Hidden", "return List.of();", "private Hidden() { }")
                            .writeTo(jar),
                    "bad.Hidden, which its " + SERVICE + " names, has no public constructor without parameters"
                            + AUTHOR),
            new Defect(
                    "abstract class",
                    jar -> PluginJars.titled("bad")
                            .source("bad.Half", "public abstract class Half implements dev.nurture.spi.Plugin { }")
                            .offering("bad.Half")
                            .writeTo(jar),
                    "bad.Half, which its " + SERVICE + " names, is not a public class, or is abstract" + AUTHOR),
            new Defect(
                    "constructor throws",
                    jar -> PluginJars.titled("bad")
                            .plugin(
                                    "bad.Thrower",
                                    "return List.of();",
                                    "public Thrower() { throw new IllegalStateException(\"out\\nof order\"); }")
                            .writeTo(jar),
                    "the constructor of bad.Thrower threw IllegalStateException: out of order" + AUTHOR),
            new Defect(
                    "static initializer throws",
                    jar -> PluginJars.titled("bad")
                            .plugin("bad.Uses", "return Tables.PARTS;")
                            .source("bad.Tables", """
                                    class Tables {
                                        static final java.util.List<dev.nurture.spi.Factory<?>> PARTS = parts();
                                        static java.util.List<dev.nurture.spi.Factory<?>> parts() {
                                            throw new ArithmeticException();
                                        }
                                    }""")
                            .writeTo(jar),
                    "the static initializer of bad.Tables threw ArithmeticException" + AUTHOR),
            new Defect(
                    "missing dependency",
                    jar -> PluginJars.titled("bad")
                            .plugin("bad.Needy", "lib.Helper.help(); return List.of();")
                            .source("lib.Helper", "public class Helper { public static void help() { } }")
                            .without("lib/")
                            .writeTo(jar),
                    "needs the class lib.Helper, which neither it nor the JDK has; put the jar with that class"
                            + " beside the plugin, both in one folder"),
            new Defect(
                    "missing superclass",
                    jar -> PluginJars.titled("bad")
                            .source("lib.Base", "public abstract class Base implements dev.nurture.spi.Plugin { }")
                            .source("bad.Derived", "public abstract class Derived extends lib.Base { }")
                            .offering("bad.Derived")
                            .without("lib/")
                            .writeTo(jar),
                    "needs the class lib.Base, which neither it nor the JDK has; put the jar with that class"
                            + " beside the plugin, both in one folder"),
            new Defect(
                    "class of another SPI",
                    jar -> PluginJars.titled("bad")
                            .plugin("bad.Ahead", "return List.of((Factory<?>) dev.nurture.spi.Later.part());")
                            .source(
                                    "dev.nurture.spi.Later",
                                    "public class Later { public static Object part() {" + " return null; } }")
                            .without("dev/")
                            .writeTo(jar),
                    "needs dev.nurture.spi.Later, which version 1 of the plugin SPI does not have; get the plugin"
                            + " built for that version"),
            new Defect(
                    "newer Java",
                    jar -> PluginJars.doubling("bad")
                            .changing("bad/Doubling.class", BrokenJarsTest::forJava99)
                            .writeTo(jar),
                    "was built for Java 99; this is Java " + JAVA + "; use Java 99, or get the jar built for Java "
                            + JAVA),
            new Defect(
                    "no class file",
                    jar -> PluginJars.doubling("bad")
                            .changing("bad/Doubling.class", bytes -> "class".getBytes(StandardCharsets.UTF_8))
                            .writeTo(jar),
                    "has a malformed class: Truncated class file; build it again"),
            new Defect(
                    "library without a method",
                    jar -> PluginJars.titled("bad")
                            .plugin("bad.Needy", "help(); return List.of();", "native static void help();")
                            .writeTo(jar),
                    "its classes do not fit each other, its libraries or this Nurture: UnsatisfiedLinkError: 'void"
                            + " bad.Needy.help()'; build it again with the versions that are here"),
            new Defect(
                    "factories throws",
                    jar -> PluginJars.titled("bad")
                            .plugin(
                                    "bad.Thrower",
                                    "return List.of(Factory.of(Activation.class, \"Not Snake\", \"\", Doubler::new));")
                            .writeTo(jar),
                    "bad.Thrower.factories() threw IllegalArgumentException: 'Not Snake' is not a name in snake_case"
                            + AUTHOR),
            new Defect(
                    "endless recursion",
                    jar -> PluginJars.titled("bad")
                            .plugin("bad.Endless", "return factories();")
                            .writeTo(jar),
                    "bad.Endless.factories() calls itself without end" + AUTHOR),
            new Defect(
                    "null instead of a list",
                    jar -> PluginJars.titled("bad")
                            .plugin("bad.Nothing", "return null;")
                            .writeTo(jar),
                    "bad.Nothing.factories() returned null instead of a list" + AUTHOR),
            new Defect(
                    "null in the list",
                    jar -> PluginJars.titled("bad")
                            .plugin("bad.Gap", "return Arrays.asList(" + PluginJars.factory("one") + ", null);")
                            .writeTo(jar),
                    "bad.Gap.factories() returned a list with null as its element 2" + AUTHOR),
            new Defect(
                    "one name twice",
                    jar -> PluginJars.titled("bad")
                            .plugin("bad.First", "return List.of(" + PluginJars.factory("one") + ");")
                            .plugin(
                                    "bad.Second",
                                    "return List.of(" + PluginJars.factory("other") + "," + PluginJars.factory("one")
                                            + ");")
                            .writeTo(jar),
                    "offers activation 'one' twice" + AUTHOR),
            new Defect(
                    "no kind of part",
                    jar -> PluginJars.titled("bad")
                            .plugin(
                                    "bad.Odd",
                                    "return List.of(" + PluginJars.factory("one")
                                            + ", Factory.of(Runnable.class, \"runs\", \"\", () -> () -> { }));")
                            .writeTo(jar),
                    "offers 'runs' as a java.lang.Runnable, which is no kind of part" + AUTHOR
                            + ". The kinds are: DataSource, Preprocessor, Layer, Activation, ActivationLayer,"
                            + " Initializer, Normalization, Loss, Optimizer, LearningRateSchedule, SanityCheck, Monitor,"
                            + " RunListener"),
            new Defect(
                    "another SPI",
                    jar -> PluginJars.doubling("bad")
                            .attribute("Nurture-Spi-Version", "2")
                            .writeTo(jar),
                    "was built for version 2 of the plugin SPI, this Nurture has version 1; get the plugin built for"
                            + " version 1, or a Nurture with version 2"),
            new Defect(
                    "an SPI that is no number",
                    jar -> PluginJars.doubling("bad")
                            .attribute("Nurture-Spi-Version", "1.0")
                            .writeTo(jar),
                    "its manifest says Nurture-Spi-Version: 1.0, which is not a whole number; build it with"
                            + " 'Nurture-Spi-Version: 1'"));

    private static void truncated(Path jar) throws IOException {
        byte[] whole = Files.readAllBytes(PluginJars.doubling("bad").writeTo(jar));
        Files.write(jar, Arrays.copyOf(whole, whole.length * 2 / 3));
    }

    /** Changes a letter of a constant: the JVM would load the class without complaint. */
    private static void damaged(Path jar) throws IOException {
        String whole = Files.readString(PluginJars.doubling("bad").writeTo(jar), StandardCharsets.ISO_8859_1);
        assertThat(whole).containsOnlyOnce("Doubles.");
        Files.writeString(jar, whole.replace("Doubles.", "Troubles"), StandardCharsets.ISO_8859_1);
    }

    private static byte[] forJava99(byte[] classFile) {
        byte[] newer = classFile.clone();
        newer[7] = (byte) (99 + 44);
        return newer;
    }

    @BeforeAll
    static void build() throws IOException {
        PluginJars.doubling("left").writeTo(built.resolve("left.jar"));
        PluginJars.doubling("right").writeTo(built.resolve("right.jar"));
    }

    static Stream<Arguments> defectsInEveryPlace() {
        return DEFECTS.stream()
                .flatMap(defect -> Stream.of("a.jar", "middle.jar", "z.jar").map(name -> Arguments.of(defect, name)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource
    void defectsInEveryPlace(Defect defect, String name) throws IOException {
        Files.copy(built.resolve("left.jar"), folder.resolve("left.jar"));
        Files.copy(built.resolve("right.jar"), folder.resolve("right.jar"));
        Path jar = Files.copy(defect.jar(), folder.resolve(name));
        PluginCatalog catalog = PluginLoader.load(List.of(folder));
        assertThat(catalog.problems()).containsExactly(jar.toRealPath() + ": " + defect.message());
        assertThat(catalog.notices()).isEmpty();
        assertThat(catalog.names(Kind.ACTIVATION)).containsExactly("left", "right");
        assertThat(catalog.all()).hasSize(2).allSatisfy(BrokenJarsTest::doubles);
    }

    private static void doubles(Part part) {
        float[] y = new float[2];
        ((Activation) part.factory().create().apply(null)).forward(new float[] {1, -3}, y, 0, 2);
        assertThat(y).containsExactly(2, -6);
    }

    /** Whatever a disk or a copy does to a jar: it is reported, or it is as it was. */
    @Test
    void aJarWithAnyByteChangedIsReportedOrSound() throws IOException {
        byte[] whole = Files.readAllBytes(built.resolve("left.jar"));
        Path jar = folder.resolve("left.jar");
        int reported = 0;
        for (int i = 0; i < whole.length; i++) {
            byte[] changed = whole.clone();
            changed[i] ^= 0x11;
            Files.write(jar, changed);
            PluginCatalog catalog = PluginLoader.load(List.of(folder));
            reported += catalog.problems().size();
            if (catalog.problems().isEmpty()) {
                assertThat(catalog.all()).as("byte %d", i).singleElement().satisfies(BrokenJarsTest::doubles);
            } else {
                assertThat(catalog.problems())
                        .as("byte %d", i)
                        .singleElement()
                        .asString()
                        .startsWith(jar + ": ");
                assertThat(catalog.all()).as("byte %d", i).isEmpty();
            }
        }
        assertThat(reported).isGreaterThan(whole.length / 2);
    }
}
