package dev.nurture.config;

import java.util.List;
import java.util.Random;

/** Definitions from a seed: whole ones, and ones spoilt at random. */
final class Generated {
    static final String SAMPLE = """
            name: digits_mlp                 # a comment
            seed: 231
            data: {type: digits, validation: 0.2}
            preprocess: [zero_mean, normalize]
            model:
              - {type: dense, units: 100, initializer: he, normalization: batch, activation: relu}
              - {type: dropout, rate: 0.2}
              - {type: dense, units: 10, initializer: xavier}
            loss: softmax_cross_entropy
            regularization: {l2: 1.0e-4}
            optimizer: {type: adam, learning_rate: 1.0e-3}
            schedule: {type: cosine}
            training: {epochs: 20, batch_size: 64, threads: 2, clip_norm: 5, checkpoint_every: 1, early_stopping: {metric: validation_loss, patience: 5}}
            checks: {overfit_subset: {examples: 20}}
            monitors: {}
            expect: {test_accuracy: ">= 0.95", initial_loss: "2.3026 +- 0.05"}
            metrics: {port: 9464, required: false}
            search:
              strategy: {type: random, trials: 40}
              objective: {metric: validation_accuracy, goal: maximize}
              folds: 5
              space:
                optimizer.learning_rate: {log_uniform: [1.0e-5, 1.0e-1]}
                regularization.l2: {log_uniform: [1.0e-5, 1.0]}
                model[0].units: {choice: [50, 100, 200]}
              workers: 2
            """;

    private static final List<String> SPOILERS = List.of(
            "{",
            "}",
            "[",
            "]",
            ":",
            ": ",
            "- ",
            "\n",
            "\n  ",
            "\t",
            "&a ",
            "*a",
            "!!x ",
            "<<: ",
            "|",
            ">",
            "'",
            "\"",
            "\\",
            "${",
            "${env:X}",
            "${name}",
            "${script:x}",
            "$${",
            "#",
            "%",
            "---\n",
            "...\n",
            "? ",
            "~",
            "no",
            "010",
            "1:30",
            ".nan",
            "\u0000",
            "\ud800",
            "é",
            "extends: test.yaml\n",
            "[[[[[[[[",
            "{a: {a: {a: ",
            "null",
            "-1",
            "1e999");

    private final Random random;

    Generated(long seed) {
        random = new Random(seed);
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private String layer(int depth) {
        return switch (random.nextInt(depth > 3 ? 4 : 5)) {
            case 0 -> one(List.of("dropout", "flatten", "relu", "maxout", "batch"));
            case 1 -> "{type: dropout, rate: " + random.nextDouble() + "}";
            case 2 -> "{type: activation, function: {type: maxout, pieces: " + (2 + random.nextInt(9)) + "}}";
            case 3 ->
                "{type: dense, units: " + (1 + random.nextInt(500)) + ", initializer: {type: normal, std: "
                        + Math.exp(random.nextGaussian() * 20) + "}, bias: " + random.nextBoolean() + "}";
            default -> "{type: residual, layers: [" + layer(depth + 1) + ", " + layer(depth + 1) + "]}";
        };
    }

    String definition() {
        StringBuilder yaml = new StringBuilder("model: [" + layer(0) + ", " + layer(0) + "]\n");
        yaml.append(one(List.of(
                "data: digits\n",
                "data: {type: spiral, points: 7, limit: 9}\n",
                "data: {type: csv, path: ../a b, target: '5'}\n")));
        for (String section : List.of(
                "seed: -4\n",
                "loss: {type: hinge, margin: 3}\n",
                "regularization: {l1: 0.1}\n",
                "optimizer: {type: momentum, momentum: 0}\n",
                "training: {clip_norm: 0.3, keep: 9, early_stopping: {restore_best: false}}\n",
                "checks: {overfit_subset: {on_failure: warn, examples: 7}, elsewhere: {c: [[], [1, \"1\", {}], null]}}\n",
                "monitors: {stalled: false, \"odd key: #\": 'x', \"${k}\": \"null\"}\n",
                "expect: {train_loss: '< 1', test_loss: '0.5 ± 1e-3'}\n",
                "metrics: {port: 0, required: true}\n",
                "listeners: {diary: {lines: 7}}\n",
                "search: {}\n",
                "preprocess: [{type: pca, components: 5}, pca]\n")) {
            if (random.nextBoolean()) {
                yaml.append(section);
            }
        }
        return yaml.toString();
    }

    /** Returns the sample with a few places cut, doubled, swapped or spoilt. */
    String spoilt() {
        StringBuilder text = new StringBuilder(random.nextBoolean() ? SAMPLE : definition());
        for (int i = random.nextInt(6); i >= 0; i--) {
            int from = random.nextInt(text.length());
            int to = Math.min(text.length(), from + random.nextInt(40));
            switch (random.nextInt(5)) {
                case 0 -> text.delete(from, to);
                case 1 -> text.insert(from, text.substring(from, to));
                case 2 -> text.setCharAt(from, (char) random.nextInt(128));
                default -> text.insert(from, one(SPOILERS).repeat(1 + random.nextInt(3)));
            }
        }
        return text.toString();
    }
}
