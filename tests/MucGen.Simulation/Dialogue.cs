using System.Text;
using System.Xml.Linq;

namespace MucGen.Simulation;

/// <summary>What was said, in the grammar of transcripts, so that a finding can become one.</summary>
internal sealed class Dialogue
{
    private readonly StringBuilder text = new();

    /// <summary>A client is connected.</summary>
    public void Connects(string client) => text.Append(client).AppendLine(" connects").AppendLine();

    /// <summary>A client is gone.</summary>
    public void Disconnects(string client) => text.Append(client).AppendLine(" disconnects").AppendLine();

    /// <summary>A client sends a stanza.</summary>
    public void Sends(string client, string xml) => text.Append(client).AppendLine(" sends:").Append('\t').AppendLine(xml).AppendLine();

    /// <summary>A stanza arrives.</summary>
    public void Receives(string client, XElement stanza) =>
        text.Append(client).AppendLine(" receives:").Append('\t')
            .AppendLine(stanza.ToString(SaveOptions.DisableFormatting).Replace(" xmlns=\"jabber:client\"", "", StringComparison.Ordinal)).AppendLine();

    /// <summary>What no client says or hears.</summary>
    public void Note(string note) => text.Append("# ").AppendLine(note).AppendLine();

    /// <inheritdoc/>
    public override string ToString() => text.ToString();
}
