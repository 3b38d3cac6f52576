package dev.nurture.cli;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Stage;
import dev.nurture.config.DefinitionException;
import dev.nurture.config.Definitions;
import dev.nurture.plugin.PluginCatalog;
import dev.nurture.plugin.PluginLock;
import dev.nurture.plugin.PluginLockException;
import dev.nurture.run.RunDirectoryException;
import dev.nurture.run.RunInUseException;
import dev.nurture.run.Storage;
import dev.nurture.train.DataException;
import dev.nurture.train.ExperimentFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** What all commands have in common: the options, the engine behind them, and how failures become exit statuses. */
abstract class Command implements Callable<Integer> {
    @Mixin
    CommonOptions options;

    private final Console console;
    private Injector injector;
    private boolean warned;

    Command(Console console) {
        this.console = console;
    }

    Console console() {
        return console;
    }

    /** Does the work; returns the exit status. */
    abstract int execute() throws Exception;

    /**
     * Returns a part of the engine, which is put together at the first call.
     *
     * @throws PluginLockException if the lock in the folder of this start cannot be read
     */
    <T> T engine(Class<T> type) {
        if (injector == null) {
            Optional<PluginLock> lock = PluginLock.read(Path.of(PluginLock.FILE_NAME));
            injector = Guice.createInjector(Stage.DEVELOPMENT, new EngineModule(options.pluginFolders(), lock));
        }
        return injector.getInstance(type);
    }

    /** Returns what takes up the networks of earlier runs. */
    TrainedRuns trainedRuns() {
        return new TrainedRuns(
                console, engine(Definitions.class), engine(ExperimentFactory.class), engine(Storage.class));
    }

    /** Says, once, which jars could not be used, and what else there is to say of jars. */
    void warnOfPlugins() {
        if (!warned) {
            warned = true;
            PluginCatalog catalog = engine(PluginCatalog.class);
            warnOfPlugins(catalog.problems());
            catalog.notices().forEach(notice -> console.notice("plugin " + notice));
        }
    }

    void warnOfPlugins(List<String> problems) {
        problems.forEach(problem -> console.warning("plugin " + problem));
    }

    @Override
    public final Integer call() {
        for (Path folder : options.plugins) {
            if (!Files.isDirectory(folder)) {
                console.error("--plugins " + folder + ": there is no such folder");
                return ExitCode.AT_FAULT;
            }
        }
        try {
            return execute();
        } catch (DefinitionException e) {
            // A name may be unknown because its jar could not be loaded.
            warnOfPlugins();
            console.message(e.report());
            return failed(e, ExitCode.AT_FAULT);
        } catch (RunInUseException e) {
            console.error(e.getMessage());
            return failed(e, ExitCode.IN_USE);
        } catch (DataException | RunDirectoryException | PluginLockException e) {
            console.error(e.getMessage());
            return failed(e, ExitCode.AT_FAULT);
        } catch (CommandFailure e) {
            console.error(e.getMessage());
            return failed(e, e.exit());
        } catch (Throwable e) {
            Failure failure = Failure.of(e);
            console.error(failure.message());
            if (!options.verbose && failure.unforeseen()) {
                console.message("(--verbose shows where)");
            }
            return failed(e, failure.exit());
        }
    }

    private int failed(Throwable e, int exit) {
        if (options.verbose) {
            java.io.StringWriter trace = new java.io.StringWriter();
            e.printStackTrace(new java.io.PrintWriter(trace, true));
            console.message(trace.toString());
        }
        return exit;
    }
}
