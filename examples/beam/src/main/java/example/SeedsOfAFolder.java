package example;

import java.io.IOException;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.FileIO;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.options.Validation;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.seedwright.evolve.Parsed;
import org.seedwright.evolve.seed.RandomLines;
import org.seedwright.evolve.seed.SeedSnippet;
import org.seedwright.evolve.seed.SourceFile;
import org.seedwright.evolve.seed.SourceGate;
import org.seedwright.pipelines.stage.Deduplicate;
import org.seedwright.pipelines.stage.Deduplicated;
import org.seedwright.pipelines.stage.ExtractSeeds;
import org.seedwright.pipelines.table.CanonicalJson;

/**
 * Draws seed snippets from a folder of source files, each text once, and writes them as JSON lines.
 * What did not become a seed is written beside them, a line each, with its reason.
 */
public final class SeedsOfAFolder {
  /** What the command line says. */
  public interface Options extends PipelineOptions {
    @Description("Folder of source files, on any file system that Beam reads.")
    @Validation.Required
    String getInput();

    void setInput(String folder);

    @Description("How the names of the files that are written begin.")
    @Validation.Required
    String getOutput();

    void setOutput(String prefix);
  }

  /** Files longer than this are left out, in bytes. */
  private static final long LONGEST_FILE = 1 << 20;

  private SeedsOfAFolder() {}

  public static void main(String[] args) {
    Options options = PipelineOptionsFactory.fromArgs(args).withValidation().as(Options.class);
    Pipeline pipeline = Pipeline.create(options);

    PCollectionTuple files = pipeline.apply("ReadFolder", new ReadFolder(options.getInput()));

    ExtractSeeds.Outputs drawn =
        files
            .get(ReadFolder.FILES)
            .apply("ExtractSeeds", ExtractSeeds.with(new RandomLines(976, 1, 15)));

    Deduplicated<SeedSnippet, String> unique =
        drawn
            .seeds()
            .apply(
                "Deduplicate",
                Deduplicate.exact(SeedSnippet::id).comparing("code", SeedSnippet::code));

    unique
        .kept()
        .apply("Json", MapElements.into(TypeDescriptors.strings()).via(CanonicalJson::text))
        .apply("Write", TextIO.write().to(options.getOutput() + "-seeds").withSuffix(".jsonl"));

    PCollection<String> degenerate =
        drawn
            .rejected()
            .apply(
                "Degenerate",
                MapElements.into(TypeDescriptors.strings())
                    .via(draw -> line(draw.id(), draw.reason(), draw.evidence())));
    PCollection<String> duplicates =
        unique
            .duplicates()
            .apply(
                "Duplicates",
                MapElements.into(TypeDescriptors.strings())
                    .via(row -> line(row.getValue().id(), "duplicate", row.getKey())));
    PCollectionList.of(files.get(ReadFolder.REJECTED))
        .and(degenerate)
        .and(duplicates)
        .apply("All", Flatten.pCollections())
        .apply(
            "WriteRejected",
            TextIO.write().to(options.getOutput() + "-rejected").withSuffix(".jsonl"));

    pipeline.run().waitUntilFinish();
  }

  private record Line(String id, String reason, String evidence) {}

  private static String line(String id, String reason, String evidence) {
    return CanonicalJson.text(new Line(id, reason, evidence));
  }

  /**
   * Reads every file of a folder; what is no source code that we take is a line with its reason.
   */
  private static final class ReadFolder extends PTransform<PBegin, PCollectionTuple> {
    static final TupleTag<SourceFile> FILES = new TupleTag<>() {};
    static final TupleTag<String> REJECTED = new TupleTag<>() {};

    private final String folder;

    ReadFolder(String folder) {
      // As Beam names it, so that the files' names begin with it.
      this.folder = FileSystems.matchNewResource(folder, true).toString();
    }

    @Override
    public PCollectionTuple expand(PBegin begin) {
      return begin
          .apply("Match", FileIO.match().filepattern(folder + "**"))
          .apply("Open", FileIO.readMatches())
          .apply(
              "Rows",
              ParDo.of(new ToSourceFile(folder)).withOutputTags(FILES, TupleTagList.of(REJECTED)));
    }
  }

  private static final class ToSourceFile extends DoFn<FileIO.ReadableFile, SourceFile> {
    private final String folder;

    ToSourceFile(String folder) {
      this.folder = folder;
    }

    @ProcessElement
    public void read(@Element FileIO.ReadableFile file, MultiOutputReceiver out)
        throws IOException {
      String name = file.getMetadata().resourceId().toString();
      String path = name.substring(folder.length());
      Parsed<SourceFile> parsed =
          new SourceGate(LONGEST_FILE).read("folder", path, file.readFullyAsBytes());
      if (parsed instanceof Parsed.Rejected<SourceFile> rejected) {
        out.get(ReadFolder.REJECTED)
            .output(line(path, rejected.reason().id(), rejected.evidence()));
      } else {
        out.get(ReadFolder.FILES).output(((Parsed.Accepted<SourceFile>) parsed).value());
      }
    }
  }
}
