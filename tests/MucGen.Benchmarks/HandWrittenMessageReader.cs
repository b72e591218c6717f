using MucGen.Protocol;
using MucGen.Xml;

namespace MucGen.Benchmarks;

/// <summary>
/// A message read by hand over the untyped views: first every check that its schema asks for, then its addresses, type, id and body. The condition of an error is
/// left to the emitted reader; the sample is none.
/// </summary>
internal static class HandWrittenMessageReader
{
    private const ElementKey BodyKey = (ElementKey)0xa187e59c;

    /// <summary>Whether every part is right.</summary>
    public static bool Check(ElementView message)
    {
        if (message.Key != MessageView.Key)
            return false;
        foreach (var attribute in message.Attributes)
        {
            var name = attribute.Name;
            if ((name.SequenceEqual("to"u8) || name.SequenceEqual("from"u8)) && !FieldRules.IsJid(attribute.Value))
                return false;
        }
        var hasThread = false;
        var hasError = false;
        foreach (var child in message.Children)
        {
            switch (child.Key)
            {
                case MessageThreadView.Key when hasThread:
                case StanzaErrorView.Key when hasError || !StanzaErrorView.TryRead(child, out _, out _):
                    return false;
                case MessageThreadView.Key:
                    hasThread = true;
                    break;
                case StanzaErrorView.Key:
                    hasError = true;
                    break;
            }
        }
        return true;
    }

    /// <summary>Takes what a message says that has been checked.</summary>
    public static int Read(ElementView message)
    {
        var sum = 0;
        foreach (var attribute in message.Attributes)
        {
            var name = attribute.Name;
            switch (name.Length)
            {
                case 2 when name.SequenceEqual("id"u8) || name.SequenceEqual("to"u8):
                case 4 when name.SequenceEqual("from"u8):
                    sum += attribute.Value.MaxUtf8Length;
                    break;
                case 4 when name.SequenceEqual("type"u8):
                    sum += MessageTypeNames.TryParse(attribute.Value, out var type) ? (int)type : (int)MessageType.Normal;
                    break;
            }
        }
        return sum + message.Child(BodyKey).Text.MaxUtf8Length;
    }
}
