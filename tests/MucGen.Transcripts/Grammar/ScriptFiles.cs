using System.Text.RegularExpressions;

namespace MucGen.Transcripts.Grammar;

/// <summary>Finds and loads scripts.</summary>
public static partial class ScriptFiles
{
    /// <summary>The files named, and the <c>*.scs</c> files of the folders named, each folder in the order of its paths.</summary>
    /// <exception cref="FileNotFoundException">There is nothing at a path.</exception>
    public static IReadOnlyList<string> Find(IEnumerable<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var files = new List<string>();
        foreach (var path in paths)
        {
            if (Directory.Exists(path))
                files.AddRange(Directory.EnumerateFiles(path, "*.scs", SearchOption.AllDirectories).Order(StringComparer.Ordinal));
            else if (File.Exists(path))
                files.Add(path);
            else
                throw new FileNotFoundException($"there is no script or folder {path}", path);
        }

        return files;
    }

    /// <summary>Loads a script that is written for localhost and conference.localhost, for the domains given.</summary>
    /// <exception cref="TranscriptSyntaxException">The script breaks the grammar.</exception>
    public static Transcript Load(string file, string domain = "localhost", string mucDomain = "conference.localhost")
    {
        var text = File.ReadAllText(file);
        return TranscriptParser.Parse(file, Domains().Replace(text, match => match.Value == "localhost" ? domain : mucDomain));
    }

    [GeneratedRegex(@"(?<![\w.-])(conference\.)?localhost(?![\w-])")]
    private static partial Regex Domains();
}
