using MucGen.Protocol;
using MucGen.Xml;

namespace MucGen.Server.Streams;

/// <summary>The stream error that each fault of the XML layer ends in (RFC 6120 section 4.9.3).</summary>
internal static class XmlFaultErrors
{
    /// <summary>The condition, and a text where the condition alone does not say which limit it was.</summary>
    public static (StreamErrorCondition Condition, string? Text) ToStreamError(this XmlFault fault) => fault switch
    {
        XmlFault.NotWellFormed => (StreamErrorCondition.NotWellFormed, null),
        XmlFault.RestrictedXml => (StreamErrorCondition.RestrictedXml, null),
        XmlFault.BadNamespacePrefix => (StreamErrorCondition.BadNamespacePrefix, null),
        XmlFault.InvalidUtf8 or XmlFault.UnsupportedEncoding => (StreamErrorCondition.UnsupportedEncoding, null),
        XmlFault.StanzaTooLarge => (StreamErrorCondition.PolicyViolation, "The stanza is too large."),
        XmlFault.TooDeep => (StreamErrorCondition.PolicyViolation, "The stanza is nested too deeply."),
        XmlFault.TooManyAttributes => (StreamErrorCondition.PolicyViolation, "An element has too many attributes."),
        XmlFault.TooManyChildren => (StreamErrorCondition.PolicyViolation, "The stanza has too many elements."),
        _ => (StreamErrorCondition.BadFormat, null),
    };
}
