namespace MucGen.Xml.Tests;

/// <summary>A name table in the shape that the generator emits.</summary>
internal sealed class TestNames : NameTable
{
    public static readonly ElementKey Message = ElementKeys.Of("jabber:client"u8, "message"u8);
    public static readonly ElementKey Body = ElementKeys.Of("jabber:client"u8, "body"u8);
    public static readonly ElementKey MucUser = ElementKeys.Of("http://jabber.org/protocol/muc#user"u8, "x"u8);

    public override int FindNamespace(ReadOnlySpan<byte> uri) => uri.Length switch
    {
        13 when uri.SequenceEqual("jabber:client"u8) || uri.SequenceEqual("jabber:server"u8) => 1,
        23 when uri.SequenceEqual("jabber:component:accept"u8) => 1,
        35 when uri.SequenceEqual("http://jabber.org/protocol/muc#user"u8) => 2,
        _ => 0,
    };

    public override ElementKey FindElement(int ns, ReadOnlySpan<byte> localName) => ns switch
    {
        1 when localName.SequenceEqual("message"u8) => Message,
        1 when localName.SequenceEqual("body"u8) => Body,
        2 when localName.SequenceEqual("x"u8) => MucUser,
        _ => ElementKey.None,
    };
}
