using System.Text;
using System.Xml.Linq;
using MucGen.Protocol;
using MucGen.Xml;
using Xunit;

namespace MucGen.Rooms.Tests.Configuration;

/// <summary>What follows from the annotated properties: form, parsing, discovery, notices, storage.</summary>
public sealed class RoomConfigTests
{
    private static readonly XNamespace Data = "jabber:x:data";

    // muc-10.1.3: the defaults that the seed dialogue needs.
    [Fact]
    public void A_new_room_is_temporary_public_open_semi_anonymous_and_unmoderated()
    {
        Assert.Equal(
            ["muc_temporary", "muc_public", "muc_open", "muc_unsecured", "muc_unmoderated", "muc_semianonymous"],
            Features(new RoomConfig()));
    }

    // muc-6.4-04 to muc-6.4-09
    [Fact]
    public void Features_follow_the_values()
    {
        var config = new RoomConfig
        {
            IsPersistent = true,
            IsPublic = false,
            IsMembersOnly = true,
            IsPasswordProtected = true,
            IsModerated = true,
            Whois = RoomWhois.Anyone,
        };

        Assert.Equal(
            ["muc_persistent", "muc_hidden", "muc_membersonly", "muc_passwordprotected", "muc_moderated", "muc_nonanonymous"],
            Features(config));
    }

    [Fact]
    public void The_form_has_every_field_with_its_value_label_and_options()
    {
        var form = Form(new RoomConfig { Name = "A Dark Cave", MaxUsers = 25, PresenceBroadcast = RoleSet.Moderator | RoleSet.Visitor });

        Assert.Equal("form", form.Attribute("type")?.Value);
        Assert.Equal("FORM_TYPE", form.Elements(Data + "field").First().Attribute("var")?.Value);
        Assert.All(form.Elements(Data + "field").Skip(1), field => Assert.False(string.IsNullOrEmpty(field.Attribute("label")?.Value)));
        Assert.Equal(["A Dark Cave"], Values(form, "muc#roomconfig_roomname"));
        Assert.Equal(["0"], Values(form, "muc#roomconfig_persistentroom"));
        Assert.Equal(["1"], Values(form, "muc#roomconfig_publicroom"));
        Assert.Equal(["anyone"], Values(form, "muc#roomconfig_allowpm"));
        Assert.Equal(["moderators"], Values(form, "muc#roomconfig_whois"));
        Assert.Equal(["moderator", "visitor"], Values(form, "muc#roomconfig_presencebroadcast").Order());
        Assert.Equal(["25"], Values(form, "muc#roomconfig_maxusers"));
        Assert.Contains("25", Options(form, "muc#roomconfig_maxusers"));
        Assert.Equal(["20"], Values(form, "muc#maxhistoryfetch"));
        Assert.Equal(["none"], Values(Form(new RoomConfig()), "muc#roomconfig_maxusers"));
    }

    // muc-16.5.3-01: Prosody's name for the cap on history is understood, and never written.
    [Fact]
    public void History_may_be_limited_under_either_name()
    {
        Assert.True(TryApply(new RoomConfig(), Field("muc#roomconfig_historylength", "7"), out var changed, out _));
        Assert.Equal(7, changed!.MaxHistoryFetch);
        Assert.DoesNotContain("muc#roomconfig_historylength", Form(changed).ToString(), StringComparison.Ordinal);
        Assert.False(TryApply(new RoomConfig(), Field("muc#roomconfig_historylength", "many"), out _, out var error));
        Assert.Equal("muc#maxhistoryfetch", error.Var);
    }

    [Fact]
    public void History_under_both_names_is_one_field_too_many()
    {
        var both = Field("muc#roomconfig_historylength", "7") + Field("muc#maxhistoryfetch", "8");
        Assert.False(TryApply(new RoomConfig(), both, out _, out var error));
        Assert.Equal(ReadProblem.Duplicate, error.Problem);
    }

    // muc-10.1.3: what a submission leaves out keeps its value.
    [Theory]
    [InlineData("muc#roomconfig_roomname", "A Dark Cave")]
    [InlineData("muc#roomconfig_roomdesc", "")]
    [InlineData("muc#roomconfig_membersonly", "1")]
    [InlineData("muc#roomconfig_membersonly", "true")]
    [InlineData("muc#roomconfig_allowpm", "moderators")]
    [InlineData("muc#roomconfig_whois", "anyone")]
    [InlineData("muc#roomconfig_maxusers", "30")]
    [InlineData("muc#roomconfig_maxusers", "none")]
    [InlineData("muc#roomconfig_maxusers", "37")]
    [InlineData("muc#maxhistoryfetch", "0")]
    [InlineData("muc#roomconfig_presencebroadcast", "visitor")]
    public void A_submitted_field_changes_its_property_and_no_other(string variable, string value)
    {
        var before = new RoomConfig { Description = "a cave", MaxUsers = 10 };

        Assert.True(TryApply(before, Field(variable, value), out var changed, out _));

        var expected = before.Save();
        expected[variable] = value switch
        {
            "true" => ["1"],
            "none" => [],
            _ => [value],
        };
        Assert.Equal(Describe(expected), Describe(changed!.Save()));
    }

    // muc-10.1.3-10, MC-0004-13, MC-0004-18
    [Theory]
    [InlineData("muc#roomconfig_moderatedroom", "maybe", ReadProblem.BadValue, StanzaErrorCondition.NotAcceptable)]
    [InlineData("muc#roomconfig_maxusers", "abc", ReadProblem.BadValue, StanzaErrorCondition.NotAcceptable)]
    [InlineData("muc#roomconfig_allowpm", "cats", ReadProblem.BadValue, StanzaErrorCondition.NotAcceptable)]
    [InlineData("muc#roomconfig_whois", "none", ReadProblem.BadValue, StanzaErrorCondition.NotAcceptable)]
    [InlineData("muc#roomconfig_presencebroadcast", "king", ReadProblem.BadValue, StanzaErrorCondition.NotAcceptable)]
    [InlineData("muc#maxhistoryfetch", "many", ReadProblem.BadValue, StanzaErrorCondition.NotAcceptable)]
    [InlineData("muc#roomconfig_roomowners", "@", ReadProblem.BadValue, StanzaErrorCondition.JidMalformed)]
    [InlineData("FORM_TYPE", "http://jabber.org/protocol/muc#register", ReadProblem.BadValue, StanzaErrorCondition.BadRequest)]
    public void A_field_that_cannot_be_read_is_named_and_changes_nothing(string variable, string value, ReadProblem problem, StanzaErrorCondition condition)
    {
        Assert.False(TryApply(new RoomConfig(), Field("muc#roomconfig_roomname", "new") + Field(variable, value), out var changed, out var error));

        Assert.Null(changed);
        Assert.Equal((variable, problem, condition), (error.Var, error.Problem, error.Condition));
        Assert.Contains(variable, error.ToString());
    }

    [Fact]
    public void A_field_that_comes_twice_or_with_two_values_is_an_error()
    {
        var once = Field("muc#roomconfig_roomname", "one");

        Assert.False(TryApply(new RoomConfig(), once + once, out _, out var twice));
        Assert.Equal(ReadProblem.Duplicate, twice.Problem);
        Assert.False(TryApply(new RoomConfig(), "<field var='muc#roomconfig_roomname'><value>a</value><value>b</value></field>", out _, out var double_));
        Assert.Equal(ReadProblem.TooMany, double_.Problem);
    }

    [Fact]
    public void An_empty_submission_changes_nothing()
    {
        var before = new RoomConfig { Name = "A Dark Cave" };

        Assert.True(TryApply(before, "", out var changed, out _));
        Assert.Equal(before, changed);
        Assert.Empty(changed!.StatusCodesSince(before));
    }

    // muc-10.2.1-08, muc-10.2.1-12, muc-A27
    [Fact]
    public void Occupants_are_told_what_kind_of_thing_changed()
    {
        var before = new RoomConfig();

        Assert.Equal([104], (before with { Name = "A Dark Cave" }).StatusCodesSince(before));
        Assert.Equal([172], (before with { Whois = RoomWhois.Anyone }).StatusCodesSince(before));
        Assert.Equal([173], before.StatusCodesSince(before with { Whois = RoomWhois.Anyone }));
        Assert.Equal([170], (before with { IsLogged = true }).StatusCodesSince(before));
        Assert.Equal([171], before.StatusCodesSince(before with { IsLogged = true }));
        Assert.Equal([104, 170, 172], (before with { IsModerated = true, IsLogged = true, Whois = RoomWhois.Anyone }).StatusCodesSince(before).Order());
    }

    [Fact]
    public void What_is_saved_is_loaded()
    {
        var config = new RoomConfig
        {
            Name = "A Dark Cave",
            Description = "The place",
            Language = "en",
            IsPersistent = true,
            IsPublic = false,
            IsMembersOnly = true,
            MembersMayInvite = true,
            IsPasswordProtected = true,
            Password = "cauldronburn",
            IsModerated = true,
            ParticipantsMayChangeSubject = true,
            AllowPm = AllowPm.None,
            Whois = RoomWhois.Anyone,
            PresenceBroadcast = RoleSet.Moderator | RoleSet.Participant,
            MemberListReaders = RoleSet.None,
            MaxUsers = 100,
            MaxHistoryFetch = 0,
            IsLogged = true,
            PubsubNode = "xmpp:pubsub.shakespeare.lit?;node=the-coven-node",
        };

        Assert.Equal(config, RoomConfig.Load(config.Save()));
        Assert.Equal(new RoomConfig(), RoomConfig.Load(new RoomConfig().Save()));
    }

    [Fact]
    public void What_cannot_be_loaded_has_its_default()
    {
        var values = new Dictionary<string, string[]>(StringComparer.Ordinal)
        {
            ["muc#roomconfig_whois"] = ["kings"],
            ["muc#roomconfig_maxusers"] = ["many"],
            ["muc#roomconfig_publicroom"] = ["perhaps"],
            ["muc#maxhistoryfetch"] = [],
            ["a field of a later version"] = ["1"],
        };

        Assert.Equal(new RoomConfig(), RoomConfig.Load(values));
    }

    // muc-A48
    [Fact]
    public void The_information_form_shows_what_it_may()
    {
        var config = new RoomConfig { Description = "The place", ParticipantsMayChangeSubject = true, Password = "cauldronburn" };
        using var output = new PooledBufferWriter();
        var writer = new XmppWriter(output);
        var form = MucRoomInfoFormWriter.Start(ref writer, FormType.Result);
        config.WriteRoomInfo(ref form);
        form.End();
        writer.Flush();
        var text = Encoding.UTF8.GetString(output.WrittenSpan);
        var info = XElement.Parse(text);

        Assert.Equal(["The place"], Values(info, "muc#roominfo_description"));
        Assert.Equal(["1"], Values(info, "muc#roominfo_subjectmod"));
        Assert.Equal(["1"], Values(info, "muc#roomconfig_changesubject"));
        Assert.Equal(["20"], Values(info, "muc#maxhistoryfetch"));
        Assert.DoesNotContain("cauldronburn", text);
    }

    private static List<string> Features(RoomConfig config)
    {
        using var output = new PooledBufferWriter();
        var writer = new XmppWriter(output);
        var query = DiscoInfoQueryWriter.Start(ref writer);
        config.WriteDiscoFeatures(ref query);
        query.End();
        writer.Flush();
        return [.. XElement.Parse(Encoding.UTF8.GetString(output.WrittenSpan)).Elements().Select(feature => feature.Attribute("var")!.Value)];
    }

    private static XElement Form(RoomConfig config)
    {
        using var output = new PooledBufferWriter();
        var writer = new XmppWriter(output);
        var form = MucRoomConfigFormWriter.Start(ref writer, FormType.Form);
        config.WriteForm(ref form);
        form.End();
        writer.Flush();
        return XElement.Parse(Encoding.UTF8.GetString(output.WrittenSpan));
    }

    private static XElement FieldOf(XElement form, string variable) => form.Elements(Data + "field").Single(field => field.Attribute("var")?.Value == variable);

    private static IEnumerable<string> Values(XElement form, string variable) => FieldOf(form, variable).Elements(Data + "value").Select(value => value.Value);

    private static IEnumerable<string> Options(XElement form, string variable) =>
        FieldOf(form, variable).Elements(Data + "option").Select(option => option.Element(Data + "value")!.Value);

    private static string Field(string variable, string value) => $"<field var='{variable}'><value>{value}</value></field>";

    private static bool TryApply(RoomConfig config, string fields, out RoomConfig? changed, out FormError error)
    {
        using var stanza = Stanza.Parse($"<message><x xmlns='jabber:x:data' type='submit'>{fields}</x></message>", ProtocolNames.Instance);
        Assert.True(DataFormView.TryRead(stanza.Root.Child(DataFormView.Key), out var form, out _));
        return config.TryApply(form, out changed, out error);
    }

    private static IEnumerable<string> Describe(Dictionary<string, string[]> values) =>
        values.Select(pair => pair.Key + "=" + string.Join(',', pair.Value)).Order(StringComparer.Ordinal);
}
