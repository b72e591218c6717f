using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace MucGen.Transcripts.Grammar;

/// <summary>Reads a script line by line.</summary>
public sealed partial class TranscriptParser
{
    private readonly string file;
    private readonly string[] lines;
    private readonly List<Character> cast = [];
    private readonly List<Step> steps = [];
    private readonly List<string> proves = [];
    private readonly Dictionary<string, string> settings = new(StringComparer.Ordinal);
    private bool isComplete;
    private int next;

    private TranscriptParser(string file, string text)
    {
        this.file = file;
        lines = text.Split('\n');
    }

    /// <summary>Reads a whole script.</summary>
    /// <param name="file">The name used in messages.</param>
    /// <param name="text">The script.</param>
    /// <exception cref="TranscriptSyntaxException">The script breaks the grammar.</exception>
    public static Transcript Parse(string file, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parser = new TranscriptParser(file, text);
        var title = parser.ReadTitle();
        parser.ReadCast();
        parser.ReadSteps();
        return new Transcript(file, title, parser.cast, parser.steps, parser.proves, parser.isComplete, parser.settings);
    }

    private bool AtEnd => next >= lines.Length;

    /// <summary>The line just taken, counted from 1.</summary>
    private int LineNumber => next;

    private string Take() => lines[next++].Trim();

    private TranscriptSyntaxException Fault(int line, string problem) => new(file, line, problem);

    private string ReadTitle()
    {
        while (!AtEnd)
        {
            var line = Take();
            if (line.Length == 0)
                continue;
            if (line[0] == '#' && line[1..].Trim() is { Length: > 0 } title)
                return title;
            break;
        }

        throw Fault(Math.Max(LineNumber, 1), "a script starts with its title, '# title'");
    }

    private void ReadCast()
    {
        Dictionary<string, string>? properties = null;
        while (!AtEnd)
        {
            var line = Take();
            if (IsBlankOrComment(line))
                continue;
            if (Divider().IsMatch(line))
            {
                CheckCast();
                return;
            }

            if (Section().Match(line) is { Success: true } section)
                properties = AddCharacter(section.Groups["class"].Value, section.Groups["name"].Value);
            else if (Property().Match(line) is { Success: true } property && properties is not null)
                AddProperty(properties, property.Groups["key"].Value, property.Groups["value"].Value);
            else
                throw Fault(LineNumber, $"expected '[Client] Name', 'key: value' or '-----', found '{line}'");
        }

        throw Fault(LineNumber, "the '-----' that ends the characters is missing");
    }

    private Dictionary<string, string> AddCharacter(string characterClass, string name)
    {
        if (characterClass != "Client")
            throw Fault(LineNumber, $"'[{characterClass}]' is not a kind of character known here; only [Client] is");
        if (cast.Any(c => c.Name == name))
            throw Fault(LineNumber, $"there are two characters called {name}");
        var properties = new Dictionary<string, string>(StringComparer.Ordinal);
        cast.Add(new Character(name, LineNumber, properties));
        return properties;
    }

    private void AddProperty(Dictionary<string, string> properties, string key, string value)
    {
        if (!properties.TryAdd(key, value))
            throw Fault(LineNumber, $"'{key}' is given twice");
    }

    private void CheckCast()
    {
        if (cast.Count == 0)
            throw Fault(LineNumber, "a script needs at least one character");
        if (cast.FirstOrDefault(c => !c.Properties.ContainsKey("jid")) is { } nobody)
            throw Fault(nobody.Line, $"{nobody.Name} has no 'jid:'");
    }

    private void ReadSteps()
    {
        while (!AtEnd)
        {
            var line = Take();
            if (IsBlankOrComment(line) || Divider().IsMatch(line))
                continue;
            steps.Add(ReadStep(line));
        }
    }

    private Step ReadStep(string line)
    {
        var at = LineNumber;
        if (Speaker(line) is not { } character)
            throw Fault(at, $"expected an action of a character, found '{line}'");
        var action = line[character.Length..].Trim();
        if (action == "connects")
            return new ConnectStep(character, at);
        if (action == "disconnects")
            return new DisconnectStep(character, at);
        if (Nothing().IsMatch(action))
            return new ReceiveNothingStep(character, at);
        if (action.StartsWith("sends:", StringComparison.Ordinal))
            return new SendStep(character, at, ReadStanza(at, action["sends:".Length..]));
        if (action.StartsWith("receives:", StringComparison.Ordinal))
            return new ReceiveStep(character, at, ReadStanza(at, action["receives:".Length..]));
        throw Fault(at, $"'{action}' is not an action; connects, disconnects, sends:, receives: and receives: nothing are");
    }

    /// <summary>The character that a line is about: the longest name that it begins with.</summary>
    private string? Speaker(string line) =>
        cast.Select(c => c.Name)
            .Where(name => line.StartsWith(name + " ", StringComparison.Ordinal))
            .MaxBy(name => name.Length);

    private string ReadStanza(int at, string sameLine)
    {
        var xml = new StringBuilder(sameLine.Trim());
        var problem = "the stanza is missing";
        while (!IsWholeStanza(xml, ref problem))
        {
            if (AtEnd || StartsAction(lines[next].Trim()))
                throw Fault(at, $"the stanza that begins here is not well-formed: {problem}");
            xml.Append(xml.Length == 0 ? "" : "\n").Append(lines[next++].TrimEnd('\r'));
        }

        return xml.ToString().Trim();
    }

    private bool StartsAction(string line) => Speaker(line) is { } name && Action().IsMatch(line[name.Length..]);

    private static bool IsWholeStanza(StringBuilder xml, ref string problem)
    {
        if (xml.Length == 0 || xml[^1] != '>')
            return false;
        try
        {
            StanzaText.Parse(Variables.Blank(xml.ToString()));
            return true;
        }
        catch (XmlException e)
        {
            problem = e.Message;
            return false;
        }
    }

    private bool IsBlankOrComment(string line)
    {
        if (line.Length == 0)
            return true;
        if (line[0] != '#')
            return false;
        var comment = line[1..].Trim();
        if (comment.StartsWith("proves:", StringComparison.Ordinal))
            AddRequirements(comment["proves:".Length..]);
        else if (comment == "dialogue: complete")
            isComplete = true;
        else if (comment.StartsWith("settings:", StringComparison.Ordinal))
            AddSettings(comment["settings:".Length..]);
        return true;
    }

    private void AddRequirements(string ids)
    {
        foreach (var id in ids.Split([' ', ',', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (!proves.Contains(id))
                proves.Add(id);
        }
    }

    private void AddSettings(string pairs)
    {
        foreach (var pair in pairs.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (pair.Split('=', 2) is not [{ Length: > 0 } key, var value])
                throw Fault(LineNumber, $"'{pair}' is no setting; KEY=VALUE is");
            settings[key] = value;
        }
    }

    [GeneratedRegex(@"^-{3,}")]
    private static partial Regex Divider();

    [GeneratedRegex(@"^\[(?<class>[^\]]+)\]\s+(?<name>.+)$")]
    private static partial Regex Section();

    [GeneratedRegex(@"^(?<key>[A-Za-z_][A-Za-z0-9_ -]*):\s*(?<value>.*)$")]
    private static partial Regex Property();

    [GeneratedRegex(@"^receives:?\s+nothing$")]
    private static partial Regex Nothing();

    [GeneratedRegex(@"^\s+(connects|disconnects|sends:|receives\b)")]
    private static partial Regex Action();
}
