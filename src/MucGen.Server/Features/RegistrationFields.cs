using MucGen.Protocol;
using MucGen.Server.Accounts;
using MucGen.Xml;

namespace MucGen.Server.Features;

/// <summary>The user name and password of a registration, by name or by form; the form wins (XEP-0077 section 4).</summary>
/// <param name="Username">The user name as given.</param>
/// <param name="Password">The password as given; not empty.</param>
internal sealed record RegistrationFields(string Username, string Password)
{
    /// <summary>Reads both; false when one is missing or empty.</summary>
    public static bool TryRead(RegisterQueryView query, out RegistrationFields fields)
    {
        var username = query.Username.ToString();
        var password = query.Password.ToString();
        if (query.Form.IsPresent)
        {
            username = "";
            password = "";
            foreach (var field in query.Form.Fields)
            {
                if (field.Var.Equals("username"u8))
                    username = FirstValue(field);
                else if (field.Var.Equals("password"u8))
                    password = FirstValue(field);
            }
        }

        fields = new RegistrationFields(username, password);
        return username.Length > 0 && password.Length > 0;
    }

    /// <summary>Whether the user name is that of an account; a whole address counts as well.</summary>
    public bool IsFor(Jid account) =>
        (Jid.TryParse($"{Username}@{account.Domain}", out var named, out _) && named == account)
        || (Jid.TryParse(Username, out var whole, out _) && whole == account);

    /// <summary>Why the password cannot be used.</summary>
    public string ExplainPassword()
    {
        SaslPrep.TryPrepare(Password, out _, out var fault);
        return SaslPrep.Explain(fault);
    }

    private static string FirstValue(DataFormFieldView field)
    {
        foreach (var value in field.Values)
            return value.ToString();
        return "";
    }
}
