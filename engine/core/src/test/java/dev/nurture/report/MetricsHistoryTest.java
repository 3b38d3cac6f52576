package dev.nurture.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MetricsHistoryTest {
    private static final List<JsonObject> HISTORY = Stream.of("""
                    {"kind":"plan","time":1.0,"step":0,"epoch":0,"epochs":2,"steps":40}""", """
                    {"kind":"sample","time":1768472100.5,"step":1,"epoch":1,"loss":2.5,"learning_rate":0.1,"gradient_norm":null,
                     "layers":[{"name":"dense_1","mean":0.25,"std":1.0,"saturated":null,"dead":null}],
                     "tensors":[{"name":"dense_1.weight","layer":"dense_1","norm":3.0,"gradient_norm":0.5,"update_ratio":"Infinity"}]}""", """
                    {"kind":"sample","time":1768472101.25,"step":21,"epoch":2,"loss":1.5,"learning_rate":0.1,"gradient_norm":4.0,
                     "layers":[{"name":"dense_1","mean":0.5,"std":1.0,"saturated":null,"dead":0.125}],
                     "tensors":[{"name":"dense_1.weight","layer":"dense_1","norm":3.0,"gradient_norm":0.5,"update_ratio":0.001}]}""", """
                    {"kind":"epoch","time":1768472102.0,"step":20,"epoch":1,"learning_rate":0.1,"train_loss":2.0,"train_accuracy":0.5,
                     "validation_loss":null,"validation_accuracy":null}""")
            .map(line -> JsonParser.parseString(line).getAsJsonObject())
            .toList();

    @Test
    void eachFamilyStandsTogetherAndEachSeriesInTheOrderOfTime() throws IOException {
        StringBuilder text = new StringBuilder();
        MetricsHistory.write("a \"b\"", "c\\d", HISTORY, text);
        String labels = "experiment=\"a \\\"b\\\"\",run=\"c\\\\d\"";
        assertThat(text.toString())
                .startsWith("# HELP nurture_loss The loss, by the rows it is the mean of\n"
                        + "# TYPE nurture_loss gauge\n"
                        + "nurture_loss{" + labels + ",split=\"batch\"} 2.5 1768472100.500\n"
                        + "nurture_loss{" + labels + ",split=\"batch\"} 1.5 1768472101.250\n"
                        + "nurture_loss{" + labels + ",split=\"train\"} 2.0 1768472102.000\n"
                        + "# HELP nurture_learning_rate ");
        assertThat(text.toString().lines())
                .contains(
                        "# TYPE nurture_train_steps counter",
                        "nurture_train_steps_total{" + labels + "} 21.0 1768472101.250",
                        "nurture_gradient_norm{" + labels + ",scope=\"global\"} 4.0 1768472101.250",
                        "nurture_layer_dead_ratio{" + labels + ",layer=\"dense_1\"} 0.125 1768472101.250",
                        "nurture_layer_update_ratio{" + labels
                                + ",layer=\"dense_1\",parameter=\"weight\"} +Inf 1768472100.500")
                .noneMatch(line -> line.contains("validation") || line.contains("saturated"))
                .doesNotHaveDuplicates()
                .endsWith("# EOF");
    }
}
