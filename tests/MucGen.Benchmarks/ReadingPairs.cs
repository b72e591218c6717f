using MucGen.Protocol;
using MucGen.Xml;

namespace MucGen.Benchmarks;

/// <summary>One way to read an element: checks everything, then takes everything. -1 when it is wrong, else a number made of what was read.</summary>
internal delegate int ElementReader(ElementView element);

/// <summary>
/// One element, to be read by hand and by emitted code. <paramref name="IsPart"/>: only half of what reading is, shown to tell where the time goes.
/// </summary>
internal sealed record ReadingPair(string Name, string Payload, ElementReader ByHand, ElementReader Emitted, bool IsPart = false);

/// <summary>The elements over which emitted reading is held against reading by hand: nested ones, lists, leaves, a stanza.</summary>
internal static class ReadingPairs
{
    public const string UserPayload =
        "<x xmlns='http://jabber.org/protocol/muc#user'><item affiliation='member' jid='juliet@example.org/balcony' nick='Juliet' role='participant'>"
        + "<actor nick='Nurse'/><reason>because</reason></item><status code='110'/><status code='210'/></x>";

    private const string FormPayload =
        "<x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE' type='hidden'><value>http://jabber.org/protocol/muc#roomconfig</value></field>"
        + "<field var='muc#roomconfig_roomname'><value>A Dark Cave</value></field><field var='muc#roomconfig_persistentroom'><value>1</value></field>"
        + "<field var='muc#roomconfig_roomadmins'><value>wiccarocks@shakespeare.lit</value><value>hecate@shakespeare.lit</value></field></x>";

    private const string DiscoPayload =
        "<query xmlns='http://jabber.org/protocol/disco#info'><identity category='conference' type='text' name='A Dark Cave'/>"
        + "<feature var='http://jabber.org/protocol/muc'/><feature var='muc_passwordprotected'/><feature var='muc_hidden'/><feature var='muc_temporary'/>"
        + "<x xmlns='jabber:x:data' type='result'><field var='FORM_TYPE' type='hidden'><value>http://jabber.org/protocol/muc#roominfo</value></field>"
        + "<field var='muc#roominfo_occupants' label='Number of occupants'><value>3</value></field></x></query>";

    public static IReadOnlyList<ReadingPair> All { get; } =
    [
        new("muc#user x with item", UserPayload, static x => HandWrittenUserReader.Check(x) ? HandWrittenUserReader.Read(x) : -1, ReadUser),
        new("jabber:x:data x, submitted", FormPayload, static x => HandWrittenFormReader.Check(x) ? HandWrittenFormReader.Read(x) : -1, ReadForm),
        new("disco#info query, answered", DiscoPayload, static x => HandWrittenDiscoReader.Check(x) ? HandWrittenDiscoReader.Read(x) : -1, ReadDisco),
        new("message", SampleMessage.Text, static x => HandWrittenMessageReader.Check(x) ? HandWrittenMessageReader.Read(x) : -1, ReadMessage),
        new("  checks of muc#user x alone", UserPayload, static x => HandWrittenUserReader.Check(x) ? 1 : -1, static x => MucUserView.TryRead(x, out _, out _) ? 1 : -1, IsPart: true),
        new("  checks of jabber:x:data x alone", FormPayload, static x => HandWrittenFormReader.Check(x) ? 1 : -1, static x => DataFormView.TryRead(x, out _, out _) ? 1 : -1, IsPart: true),
    ];

    public static int ReadUser(ElementView x)
    {
        if (!MucUserView.TryRead(x, out var user, out _))
            return -1;
        var sum = 0;
        foreach (var item in user.Items)
        {
            sum += (int)item.Affiliation.GetValueOrDefault() + (int)item.Role.GetValueOrDefault() + item.Nick.MaxUtf8Length + item.Jid.Text.MaxUtf8Length;
            sum += item.Actor.Nick.MaxUtf8Length + item.Reason.MaxUtf8Length;
        }
        foreach (var status in user.Statuses)
            sum += status.Code;
        return sum;
    }

    private static int ReadForm(ElementView x) => DataFormView.TryRead(x, out var form, out _) ? Sum(form) : -1;

    private static int ReadDisco(ElementView query)
    {
        if (!DiscoInfoQueryView.TryRead(query, out var info, out _))
            return -1;
        var sum = info.Node.MaxUtf8Length;
        foreach (var identity in info.Identities)
            sum += identity.Category.MaxUtf8Length + identity.Type.MaxUtf8Length + identity.Name.MaxUtf8Length;
        foreach (var feature in info.Features)
            sum += feature.Var.MaxUtf8Length;
        foreach (var form in info.Forms)
            sum += Sum(form);
        return sum;
    }

    private static int ReadMessage(ElementView element)
    {
        if (!MessageView.TryRead(element, out var message, out _))
            return -1;
        return message.From.Text.MaxUtf8Length + message.To.Text.MaxUtf8Length + message.Id.MaxUtf8Length + (int)message.Type + message.Bodies.First.Text.MaxUtf8Length;
    }

    private static int Sum(DataFormView form)
    {
        var sum = (int)form.Type;
        foreach (var field in form.Fields)
        {
            sum += field.Var.MaxUtf8Length;
            foreach (var value in field.Values)
                sum += value.MaxUtf8Length;
        }
        return sum;
    }
}
