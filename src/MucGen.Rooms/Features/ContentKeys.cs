using MucGen.Xml;

namespace MucGen.Rooms.Features;

/// <summary>Elements of the content namespace that are text only and so have no view of their own.</summary>
internal static class ContentKeys
{
    public static readonly ElementKey Body = ElementKeys.Of("jabber:client"u8, "body"u8);
    public static readonly ElementKey Subject = ElementKeys.Of("jabber:client"u8, "subject"u8);
    public static readonly ElementKey Thread = ElementKeys.Of("jabber:client"u8, "thread"u8);
}
