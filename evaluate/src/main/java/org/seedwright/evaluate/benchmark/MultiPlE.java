package org.seedwright.evaluate.benchmark;

import java.util.List;
import java.util.Optional;
import org.seedwright.evaluate.rows.JsonRow;

/**
 * MultiPL-E: HumanEval and MBPP translated by compilers of prompts and tests, reworded prompts with
 * translated doctests. Cassano et al. 2022, arXiv 2208.08227. Languages have MultiPL-E's own short
 * names. It has no solutions: {@code gpt_solution} in the MBPP files is a model's answer, not the
 * benchmark's.
 */
final class MultiPlE {
  private MultiPlE() {}

  static List<Benchmark> all() {
    return List.of(
        humanEval(
            "cpp",
            161,
            "humaneval-cpp.jsonl.gz",
            "7b702af96e21486ecd0136792106f6f05b91f8847f8e7cb59ef401d5230236ef"),
        humanEval(
            "cs",
            158,
            "humaneval-cs.jsonl.gz",
            "52135228afb0bf23e1b28cbafefe6a10452b97298526c806cae0f3ce5a4f1fbb"),
        humanEval(
            "go",
            154,
            "humaneval-go.jsonl.gz",
            "459d7aee3962af0ef04bb254bb69fe6a79c390d5f18ac19381f4edb5865bef03"),
        humanEval(
            "java",
            158,
            "humaneval-java.jsonl.gz",
            "30b781400cb4c55b89530cd77c521c2eefee021089da43fcf9ea479f2468d8df"),
        humanEval(
            "js",
            161,
            "humaneval-js.jsonl.gz",
            "f1160a11aacd30a5f2aee13e9ce021753a7a01fc70f067e773b1673306a5b467"),
        humanEval(
            "php",
            161,
            "humaneval-php.jsonl.gz",
            "63d56a59b6dda1fe25dda6768addb4fc78fb272e5c6f711722af886f028d2bd8"),
        humanEval(
            "rs",
            156,
            "humaneval-rs.jsonl.gz",
            "5da6d7575f26034203fc94e0bcd68630219ee3f9a126a8162fe139d11e9626a8"),
        humanEval(
            "sh",
            158,
            "humaneval-sh.jsonl.gz",
            "c7d50e4850fa1142409872469c21f4af0cb7f29bab809030b7dd0bd54cbe1346"),
        humanEval(
            "ts",
            159,
            "humaneval-ts.jsonl.gz",
            "d75a59ac6610caf0118c46ea196f4ced59c31b136df29e04749c657b90c6879d"),
        mbpp(
            "cpp",
            397,
            "mbpp-cpp.jsonl.gz",
            "7b8da4658bca6e1cab6cc5c322464b4101050586c878d6cb545675b3c82b31b4"),
        mbpp(
            "go",
            374,
            "mbpp-go.jsonl.gz",
            "32705fff311630a91af8ddc436f8acb2a519df9aa15fb5616c6e5908aa12e8bf"),
        mbpp(
            "java",
            386,
            "mbpp-java.jsonl.gz",
            "91bb4ae888b76841aeb965d4c0212c9cdbbb2f87999803d5d36829c36894b5f1"),
        mbpp(
            "js",
            397,
            "mbpp-js.jsonl.gz",
            "139ff488c6447e72797911c180abbf04cba1d68256420eee46f9f9bf0a437c37"),
        mbpp(
            "php",
            397,
            "mbpp-php.jsonl.gz",
            "1c71309546faf1773c4b3e7d9cb3fe7f5d61d868d86707cf5bd5fcf410b3df4e"),
        mbpp(
            "rs",
            354,
            "mbpp-rs.jsonl.gz",
            "01f84e8f4ff55d28636fc4656766c74a0fa409e659919bbe04f9859852c65a9f"));
  }

  private static Benchmark humanEval(String language, int size, String file, String sha256) {
    return benchmark("humaneval", "HumanEval", language, size, file, sha256);
  }

  private static Benchmark mbpp(String language, int size, String file, String sha256) {
    return benchmark("mbpp", "MBPP", language, size, file, sha256);
  }

  private static Benchmark benchmark(
      String origin, String title, String language, int size, String file, String sha256) {
    return new FileBenchmark(
        "multipl-e-%s-%s".formatted(origin, language),
        "MultiPL-E %s %s".formatted(title, language),
        "reworded",
        "2208.08227",
        size,
        new DataFile(
            "benchmarks/multipl-e/" + file,
            sha256,
            "nuprl/MultiPL-E, config %s-%s-reworded".formatted(origin, language)),
        MultiPlE::problem);
  }

  /** Names such as {@code HumanEval_23_strlen} are the task ids. */
  private static Problem problem(String benchmark, JsonRow row) {
    String name = row.text("name");
    return new Problem(
        benchmark,
        name,
        Family.of(benchmark, name),
        row.text("prompt"),
        Optional.empty(),
        Optional.empty(),
        Optional.of(row.text("tests")),
        Optional.empty());
  }
}
