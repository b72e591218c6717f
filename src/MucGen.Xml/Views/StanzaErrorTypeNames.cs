namespace MucGen.Xml;

/// <summary>Reads the values of <see cref="StanzaErrorType"/>; emitted code finds the reader of an enumeration by this name.</summary>
public static class StanzaErrorTypeNames
{
    /// <summary>Reads a value, white space around it aside; false when it is absent or none of the enumeration.</summary>
    public static bool TryParse(XmlText text, out StanzaErrorType value)
    {
        var word = text.TryGetUtf8(out var utf8)
            ? utf8.Trim(" \t\r\n"u8)
            : FieldRules.Word(text, stackalloc byte[FieldRules.LongestWord]);
        foreach (var type in (ReadOnlySpan<StanzaErrorType>)[StanzaErrorType.Cancel, StanzaErrorType.Modify, StanzaErrorType.Auth, StanzaErrorType.Wait, StanzaErrorType.Continue])
        {
            if (!word.SequenceEqual(type.ToUtf8()))
                continue;
            value = type;
            return true;
        }
        value = default;
        return false;
    }
}
