namespace MucGen.Xml;

/// <summary>The text of an address field. Reading an element has checked it, so that <see cref="ToJid"/> succeeds when it is present.</summary>
/// <param name="text">The text as the wire has it.</param>
public readonly ref struct JidText(XmlText text)
{
    /// <summary>The text as the wire has it, not prepared.</summary>
    public XmlText Text { get; } = text;

    /// <summary>Whether the field is there.</summary>
    public bool IsPresent => Text.IsPresent;

    /// <summary>The text, to be written as it came.</summary>
    public static implicit operator XmlText(JidText value) => value.Text;

    /// <summary>The address, prepared; null when the field is absent or its text is no address. Allocates; a reader on the hot path has a <see cref="JidCache"/>.</summary>
    public Jid? ToJid() => Jid.TryParse(Text, out var jid, out _) ? jid : null;

    /// <summary>The text as the wire has it; "" when absent.</summary>
    public override string ToString() => Text.ToString();
}
