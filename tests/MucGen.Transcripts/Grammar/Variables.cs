using System.Security;
using System.Text.RegularExpressions;

namespace MucGen.Transcripts.Grammar;

/// <summary>
/// The values that <c>${...}</c> stands for: <c>Romeo's full JID</c>, <c>Romeo's JID</c>, <c>Romeo's bare JID</c>,
/// <c>Romeo's resource</c>, any property of a section, and whatever <c>{scansion:capture:NAME}</c> has caught.
/// </summary>
public sealed partial class Variables
{
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    /// <summary>Starts with what the sections of the script say.</summary>
    public Variables(Transcript transcript)
    {
        ArgumentNullException.ThrowIfNull(transcript);
        foreach (var character in transcript.Cast)
        {
            foreach (var (key, value) in character.Properties)
                values[$"{character.Name}'s {key}"] = value;
            values[$"{character.Name}'s JID"] = character.Jid;
            values[$"{character.Name}'s bare JID"] = character.BareJid;
        }
    }

    /// <summary>Learns the address that a character was given when it connected.</summary>
    public void Connected(string character, string fullJid)
    {
        ArgumentNullException.ThrowIfNull(fullJid);
        values[$"{character}'s full JID"] = fullJid;
        values[$"{character}'s resource"] = fullJid.Split('/', 2) is [_, var resource] ? resource : "";
    }

    /// <summary>Keeps what was captured, for the rest of the script.</summary>
    public void Capture(string name, string value) => values[name] = value;

    /// <summary>Fills in every variable of a stanza, escaped for XML.</summary>
    /// <exception cref="KeyNotFoundException">A variable has no value (yet).</exception>
    public string Fill(string xml) => Reference().Replace(xml, match =>
        values.TryGetValue(match.Groups["name"].Value, out var value)
            ? SecurityElement.Escape(value)
            : throw new KeyNotFoundException($"{match.Value} has no value here"));

    /// <summary>Replaces every variable by a letter, to look at the markup alone.</summary>
    public static string Blank(string xml) => Reference().Replace(xml, "v");

    [GeneratedRegex(@"\$\{(?<name>[^}]+)\}")]
    private static partial Regex Reference();
}
