package {{package}};

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nurture.contracts.PlainRun;
import dev.nurture.spi.RunListener;
import dev.nurture.testkit.RunListenerContract;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

class {{class}}Test extends RunListenerContract {
    @Override
    protected RunListener create() {
        return new {{class}}(20);
    }

    @Test
    void writesDownWhatHappens() throws IOException, RunListener.Refusal {
        try (PlainRun run = new PlainRun(1)) {
            run.tell(create().open(run));
            List<String> lines = Files.readAllLines(run.folder().resolve("{{part}}.txt"));
            assertEquals("plain, seed 231, 300 parameters", lines.get(0));
            assertEquals("uncentred_input: the input is not centred", lines.get(1));
            assertEquals("succeeded", lines.get(lines.size() - 1));
            // Of forty epochs, every twentieth.
            assertEquals(5, lines.size());
        }
    }
}
