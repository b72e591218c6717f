namespace MucGen.Requirements.Reading;

/// <summary>Where the files of traceability are, below the root of the repository.</summary>
public sealed class Repository(string root)
{
    /// <summary>The folder of the solution.</summary>
    public string Root => root;

    /// <summary>The folder searched for citations.</summary>
    public string Tests => Path.Combine(root, "tests");

    /// <summary>The lists.</summary>
    public string Lists => Path.Combine(Own, "lists");

    /// <summary>The rows that are proved and have to stay so, one id a line.</summary>
    public string Baseline => Path.Combine(Own, "proved.txt");

    /// <summary>The report, written by every run.</summary>
    public string Report => Path.Combine(root, "artifacts", "requirements.tsv");

    private Dictionary<string, string> Column(string file, string column) =>
        TabSeparated.Read(Path.Combine(Own, file)).ToDictionary(row => row["id"], row => row[column], StringComparer.Ordinal);

    private string Own => Path.Combine(Tests, "MucGen.Requirements");

    /// <summary>The repository around a folder.</summary>
    /// <exception cref="DirectoryNotFoundException">No folder above has the solution.</exception>
    public static Repository Around(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "MucGen.sln")))
                return new Repository(at.FullName);
        }

        throw new DirectoryNotFoundException($"there is no MucGen.sln above {folder}");
    }

    /// <summary>The rows that are declined, with the reasons.</summary>
    public IReadOnlyDictionary<string, string> Declined() => Exceptions("declined.tsv");

    /// <summary>The rows that yield to a decision though the lists do not say so, with the decisions.</summary>
    public IReadOnlyDictionary<string, string> Decided() => Column("decided.tsv", "decision");

    /// <summary>A reviewed file of ids with reasons, beside the lists' folder.</summary>
    public IReadOnlyDictionary<string, string> Exceptions(string file) => Column(file, "reason");

    /// <summary>The ids of the baseline.</summary>
    public IReadOnlyList<string> ProvedBefore() => File.Exists(Baseline) ? File.ReadAllLines(Baseline) : [];
}
