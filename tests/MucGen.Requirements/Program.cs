using MucGen.Requirements.Reading;
using MucGen.Requirements.Reporting;

const string Usage = """
    Reports which requirements the tests prove, in artifacts/requirements.tsv and as a summary.

      requirements                 the report; the exit status is 1 when a citation is wrong or a proof is lost
      requirements --open PREFIX   the unproved rows of a list, or whose ids begin so (xep-0045, muc-7.2)
      requirements --accept        makes what is proved now the baseline, proved.txt
    """;

var repository = Repository.Around(AppContext.BaseDirectory);
var report = TraceabilityReport.Of(repository);
switch (args)
{
    case []:
        ReportWriter.WriteTable(report, repository);
        Console.Write(ReportWriter.Summary(report));
        foreach (var problem in report.Problems)
            Console.Error.WriteLine(problem);
        return report.Problems.Count == 0 ? 0 : 1;
    case ["--open", var prefix]:
        Console.Write(ReportWriter.Open(report, prefix));
        return 0;
    case ["--accept"]:
        ReportWriter.WriteBaseline(report, repository);
        return 0;
    default:
        Console.Error.WriteLine(Usage);
        return 2;
}
