using System.Xml.Linq;
using MucGen.Protocol;
using MucGen.Rooms.Tests.Core;
using Xunit;
using static MucGen.Rooms.Tests.Forms.FormScene;

namespace MucGen.Rooms.Tests.Forms;

/// <summary>The fields of muc#request: a visitor's request, the moderator's form, and its submission (XEP-0045 7.13, 8.6, 16.5.2).</summary>
public sealed class RequestFormTests
{
    private const string FormType = "http://jabber.org/protocol/muc#request";

    private static readonly XNamespace Data = "jabber:x:data";

    private readonly FormScene scene = new();

    public RequestFormTests() => scene.MakeVisitor("Juliet");

    [Fact]
    [Proves("muc-16.5.2-01")]
    public void The_form_for_moderators_has_every_field_with_its_type_and_value()
    {
        var fields = XElement.Parse(To(scene.Voice(Juliet), Romeo)[0]).Descendants(Data + "field")
            .Select(field => (field.Attribute("var")!.Value, field.Attribute("type")!.Value, field.Element(Data + "value")!.Value));
        Assert.Equal(
            [
                ("FORM_TYPE", "hidden", FormType), ("muc#role", "list-single", "participant"), ("muc#jid", "jid-single", Juliet),
                ("muc#roomnick", "text-single", "Juliet"), ("muc#request_allow", "boolean", "0"),
            ],
            fields);
    }

    [Fact]
    [Proves("request/FORM_TYPE", "request/muc#role")]
    public void Only_voice_is_asked_for_and_only_by_this_form()
    {
        Assert.NotEmpty(To(Submit(Juliet, FormType, ("muc#role", "participant")), Romeo));
        Assert.Empty(To(Submit(Juliet, "urn:example:game", ("muc#role", "participant")), Romeo));
        AssertRefused(Submit(Juliet, FormType, ("muc#role", "moderator")), "bad-request", "modify");
        Submit(Romeo, "urn:example:game", Answer(Juliet, "Juliet", "1"));
        Assert.Equal(MucRole.Visitor, Role());
    }

    [Theory]
    [InlineData(Juliet, "Juliet", "1", MucRole.Participant)]
    [InlineData(Juliet, "Juliet", "true", MucRole.Participant)]
    [InlineData(Juliet, "Juliet", "0", MucRole.Visitor)]
    [InlineData(Juliet, "Nurse", "1", MucRole.Visitor)] // the nick is somebody else's by now
    [InlineData(Nurse, "Juliet", "1", MucRole.Visitor)] // that session is not there
    [Proves("request/muc#jid", "request/muc#roomnick", "request/muc#request_allow")]
    public void The_moderators_answer_is_for_one_session_under_one_nick(string jid, string nick, string allow, MucRole expected)
    {
        scene.Voice(Juliet);
        Submit(Romeo, FormType, Answer(jid, nick, allow));
        Assert.Equal(expected, Role());
    }

    private MucRole Role() => scene.Room.Room.Occupants.Find("Juliet")!.Role;

    private static (string, string)[] Answer(string jid, string nick, string allow) =>
        [("muc#role", "participant"), ("muc#jid", jid), ("muc#roomnick", nick), ("muc#request_allow", allow)];

    private IReadOnlyList<Sent> Submit(string who, string formType, params (string Variable, string Value)[] fields) => scene.Room.Send(
        who,
        $"<message to='{TestRoom.Address}' id='v'><x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE'><value>{formType}</value></field>"
        + string.Concat(fields.Select(field => $"<field var='{field.Variable}'><value>{field.Value}</value></field>")) + "</x></message>");
}
