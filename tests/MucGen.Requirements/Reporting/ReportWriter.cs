using System.Globalization;
using System.Text;
using MucGen.Requirements.Reading;

namespace MucGen.Requirements.Reporting;

/// <summary>Writes reports, and the baseline.</summary>
public static class ReportWriter
{
    /// <summary>The whole report as a table, in <see cref="Repository.Report"/>.</summary>
    public static void WriteTable(TraceabilityReport report, Repository repository)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(repository.Report)!);
        File.WriteAllLines(
            repository.Report,
            report.Rows
                .Select(row => $"{row.Requirement.Id}\t{row.Requirement.Level}\t{Name(row.Status)}\t{row.Grounds}")
                .Prepend("id\tlevel\tstatus\ttests or reason"));
    }

    /// <summary>Makes what is proved now the baseline. A row that lost its proof leaves it, to be seen in review.</summary>
    public static void WriteBaseline(TraceabilityReport report, Repository repository) =>
        File.WriteAllLines(
            repository.Baseline,
            report.Rows.Where(row => row.Status == ProofStatus.Proved).Select(row => row.Requirement.Id).Order(StringComparer.Ordinal));

    /// <summary>Numbers for each list and level.</summary>
    public static string Summary(TraceabilityReport report)
    {
        var text = new StringBuilder(Line("list", "level", "proved", "declined", "unproved", "of all"));
        foreach (var group in report.Rows.GroupBy(row => (row.Requirement.List, row.Requirement.Level)).OrderBy(g => g.Key))
        {
            text.Append(Line(group.Key.List, group.Key.Level, Count(ProofStatus.Proved), Count(ProofStatus.Declined), Count(ProofStatus.Unproved), Share()));
            string Count(ProofStatus status) => group.Count(row => row.Status == status).ToString(CultureInfo.InvariantCulture);
            string Share() => string.Create(CultureInfo.InvariantCulture, $"{100 * group.Count(row => row.Status == ProofStatus.Proved) / group.Count()} %");
        }

        return text.Append(CultureInfo.InvariantCulture, $"{report.NewlyProved} proved rows are not in proved.txt yet\n").ToString();
    }

    /// <summary>The unproved rows whose id or list begins as given, with what they ask.</summary>
    public static string Open(TraceabilityReport report, string prefix) => string.Concat(
        report.Rows
            .Where(row => row.Status == ProofStatus.Unproved)
            .Where(row => row.Requirement.Id.StartsWith(prefix, StringComparison.Ordinal) || row.Requirement.List == prefix)
            .Select(row => $"{row.Requirement.Id}\t{row.Requirement.Level}\t{row.Requirement.Text}\n"));

    private static string Line(string list, string level, string proved, string declined, string unproved, string share) =>
        $"{list,-22}{level,-12}{proved,8}{declined,10}{unproved,10}{share,10}\n";

    private static string Name(ProofStatus status) => status switch
    {
        ProofStatus.Proved => "proved",
        ProofStatus.Declined => "declined",
        _ => "unproved",
    };
}
