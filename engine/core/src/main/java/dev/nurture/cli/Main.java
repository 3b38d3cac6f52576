package dev.nurture.cli;

import dev.nurture.plugin.Nearest;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code nurture}. */
@CommandLine.Command(
        name = "nurture",
        description = "Trains neural networks as experiments, and looks before it leaps.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        subcommands = {CommandLine.HelpCommand.class, AutoComplete.GenerateCompletion.class},
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.Provider.class)
public final class Main implements Runnable {
    @Spec
    CommandSpec spec;

    private Main() {}

    /** Runs a command and exits with its status. */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), false, StandardCharsets.UTF_8);
        int status = run(out, err, arguments);
        out.flush();
        err.flush();
        System.exit(status);
    }

    /** Runs a command and returns its exit status. */
    public static int run(PrintStream out, PrintStream err, String... arguments) {
        boolean terminal = Boolean.getBoolean("nurture.terminal");
        boolean colour = terminal && System.getenv("NO_COLOR") == null;
        Console console = new Console(out, err, terminal, colour);
        CommandLine line = new CommandLine(new Main());
        line.addSubcommand(new RunCommand(console));
        line.addSubcommand(new CheckCommand(console));
        line.addSubcommand(new ResumeCommand(console));
        line.addSubcommand(new EvaluateCommand(console));
        line.addSubcommand(new VerifyCommand(console));
        line.addSubcommand(new LectureCommand(console));
        line.addSubcommand(new RunsCommand(console));
        line.addSubcommand(new CompareCommand(console));
        line.addSubcommand(new ReportCommand(console));
        line.addSubcommand(new ExportMetricsCommand(console));
        line.addSubcommand(PluginsCommand.commands(console));
        line.addSubcommand(DataCommand.commands(console));
        line.addSubcommand(new VersionCommand(console));
        line.getSubcommands()
                .get("generate-completion")
                .getCommandSpec()
                .usageMessage()
                .hidden(true);
        line.setOut(new java.io.PrintWriter(out, true, StandardCharsets.UTF_8));
        line.setErr(new java.io.PrintWriter(err, true, StandardCharsets.UTF_8));
        line.setColorScheme(
                CommandLine.Help.defaultColorScheme(colour ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        line.setParameterExceptionHandler((e, args) -> {
            console.error(message(e));
            console.message("See: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
            return ExitCode.AT_FAULT;
        });
        return line.execute(arguments);
    }

    /** Names the nearest command where one was meant. */
    private static String message(ParameterException e) {
        CommandSpec spec = e.getCommandLine().getCommandSpec();
        if (e instanceof CommandLine.UnmatchedArgumentException unmatched
                && !spec.subcommands().isEmpty()
                && !unmatched.getUnmatched().get(0).startsWith("-")) {
            String written = unmatched.getUnmatched().get(0);
            List<String> names = spec.subcommands().entrySet().stream()
                    .filter(command ->
                            !command.getValue().getCommandSpec().usageMessage().hidden())
                    .map(Map.Entry::getKey)
                    .toList();
            String hint = Nearest.hint(written, names);
            return "there is no command '" + written + "'"
                    + (hint.isEmpty() ? ". There are: " + String.join(", ", names) : hint);
        }
        return e.getMessage();
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "a command is missing, such as: nurture run experiments/digits.yaml");
    }
}
